using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// Chooses the representation of every endpoint policy. A constant and inline comparisons are the fastest code, but each
/// is an object of its own that LLVM compiles and the kernel verifies; table code is shared by all policies of a shape. So
/// the policies with the most endpoints get code of their own, up to a budget, and the rest share.
/// </summary>
public static class ProgramPlanner
{
    /// <summary>Objects with code of their own in one bundle: each costs some 150 ms of a core to compile and verify.</summary>
    public const int SpecialisedObjects = 12;

    /// <param name="tables">The tables.</param>
    /// <param name="specialisedObjects">How many objects may have code of their own.</param>
    /// <param name="alternatives">What the target kernel needs.</param>
    /// <returns>The plan of each endpoint policy, by its index.</returns>
    public static ImmutableArray<ProgramPlan> Plan(
        PolicyTables tables, int specialisedObjects = SpecialisedObjects, KernelAlternatives alternatives = KernelAlternatives.None)
    {
        var shape = Shape(tables);
        var best = tables.EndpointPolicies.Select(p => Of(tables, p, shape, Specialised)).ToArray();
        var shared = tables.EndpointPolicies.Select(p => Of(tables, p, shape, Shared)).ToArray();
        var chosen = tables.EndpointPolicies
            .GroupBy(p => best[p.Index])
            .OrderByDescending(g => g.Sum(p => p.Endpoints.Length))
            .ThenBy(g => g.Min(p => p.Index))
            .Take(specialisedObjects)
            .Select(g => g.Key)
            .ToHashSet();
        return
        [
            .. tables.EndpointPolicies
                .Select(p => chosen.Contains(best[p.Index]) ? best[p.Index] : shared[p.Index])
                .Select(plan => plan with { Alternatives = alternatives }),
        ];
    }

    private static ProgramPlan Of(
        PolicyTables tables, EndpointPolicy policy, IpCacheShape shape, Func<PolicyTables, DirectionPolicy, DecisionPlan> plan)
    {
        var ingress = tables.Of(policy, Direction.Ingress);
        var egress = tables.Of(policy, Direction.Egress);
        return new ProgramPlan(
            plan(tables, ingress), plan(tables, egress), shape, ingress.LetsOwnNodeIn, !ingress.Policies.IsEmpty || !egress.Policies.IsEmpty)
        {
            Features = Features(tables, ingress) | Features(tables, egress),
        };
    }

    private static ProgramFeatures Features(PolicyTables tables, DirectionPolicy policy)
    {
        var features = ProgramFeatures.None;
        foreach (var entry in policy.Entries)
        {
            features |= entry.Kind == EntryKind.Proxied ? ProgramFeatures.Redirects : ProgramFeatures.None;
            features |= entry.Rule is { } rule && tables.Graph.Rules[rule.Value].NeedsAuthentication ? ProgramFeatures.Authenticates : ProgramFeatures.None;
        }

        return features;
    }

    private static DecisionPlan Shared(PolicyTables tables, DirectionPolicy policy) => policy.Policies.IsEmpty
        ? new DecisionPlan.Constant(policy.Default, PlanOrigin.None)
        : new DecisionPlan.Table(policy.DependsOnIdentity, policy.DependsOnPort, policy.DependsOnIdentity ? tables.IdentityLevels : 0, policy.RowLevels);

    private static DecisionPlan Specialised(PolicyTables tables, DirectionPolicy policy)
    {
        if (policy.Policies.IsEmpty)
        {
            return new DecisionPlan.Constant(policy.Default, PlanOrigin.None);
        }

        // What an entry of these kinds comes to depends on the others that match; the tables have it cell by cell.
        if (policy.Entries.Any(e => e.Kind is EntryKind.AdminPass or EntryKind.Proxied))
        {
            return Shared(tables, policy);
        }

        var deciding = policy.Entries.TakeWhile(e => !(e.AnyIdentity && e.AnyPort)).ToList();
        var last = deciding.Count < policy.Entries.Length ? policy.Entries[deciding.Count] : null;
        var fallback = last?.Verdict ?? policy.Default;
        var origin = last is not null ? OriginOf(tables, last)
            : policy.Isolating.IsEmpty ? PlanOrigin.None
            : OriginOf(tables.Graph.Policies[policy.Isolating[0]].Span);
        if (deciding.Count == 0)
        {
            return new DecisionPlan.Constant(fallback, origin);
        }

        var identities = deciding.Select(e => IndexRuns.Of(e.Identities)).ToList();
        var comparisons = identities.Sum(runs => runs.Length) + deciding.Sum(e => e.AnyPort ? 0 : e.Ports.Length);
        if (comparisons > CostModel.MaximumComparisons || CostModel.Inline(comparisons) >= CostModel.Table(policy, tables.IdentityLevels))
        {
            return Shared(tables, policy);
        }

        var cases = deciding.Zip(identities, (entry, runs) => new InlineCase(
            runs, entry.AnyPort ? [] : entry.Ports, entry.Verdict, OriginOf(tables, entry)));
        return new DecisionPlan.Inline([.. cases], fallback, origin);
    }

    private static IpCacheShape Shape(PolicyTables tables)
    {
        // An agent adds addresses of either family for reserved entities and for names, as it learns them.
        var shape = tables.Identities.Identities.Any(i => i.Kind is IdentityKind.Reserved or IdentityKind.Name)
            ? IpCacheShape.ExactIPv4 | IpCacheShape.ExactIPv6
            : IpCacheShape.None;
        foreach (var entry in tables.Identities.IpCache)
        {
            shape |= (entry.IsEndpoint, entry.Prefix.Family) switch
            {
                (true, AddressFamily.IPv4) => IpCacheShape.ExactIPv4,
                (false, AddressFamily.IPv4) => IpCacheShape.PrefixIPv4,
                (true, _) => IpCacheShape.ExactIPv6,
                _ => IpCacheShape.PrefixIPv6,
            };
        }

        return shape;
    }

    private static PlanOrigin OriginOf(PolicyTables tables, PolicyEntry entry) =>
        entry.Rule is { } rule ? OriginOf(tables.Graph.Rules[rule.Value].Span) : PlanOrigin.None;

    private static PlanOrigin OriginOf(SourceSpan span) => span.IsKnown
        ? new PlanOrigin(span.Source!.LogicalPath, span.Line, span.Column, span.Source.Line(span.Line).Trim())
        : PlanOrigin.None;
}
