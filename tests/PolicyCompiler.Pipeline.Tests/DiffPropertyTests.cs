using System.Collections.Immutable;
using CsCheck;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>The differences = those of what the policies mean, on random pairs of policy sets of all kinds.</summary>
public sealed class DiffPropertyTests
{
    private static readonly Gen<(CompilerInput Old, CompilerInput New)> Pair = Gen.Select(MixedGenerators.Input, MixedGenerators.Input, Gen.Int[0, 3], (a, b, mode) => (a, mode switch
    {
        // Other policies over the same cluster; one policy less; one more; another cluster with it.
        0 => a with { Policies = new PolicySet([.. b.Policies.Policies.Where(p => p.Namespace.Length == 0 || a.Cluster.Namespaces.Any(n => n.Name == p.Namespace))]) },
        1 => a with { Policies = new PolicySet([.. a.Policies.Policies.Skip(1)]) },
        2 => a with { Cluster = a.Cluster with { Endpoints = [.. a.Cluster.Endpoints.Skip(1)] } },
        _ => b,
    }));

    [Fact]
    public void EveryWitnessDiffers() => Gen.Select(Pair, Gen.Bool).Sample(
        (pair, matchesPods) =>
        {
            var (old, @new) = (Tables(pair.Old, matchesPods), Tables(pair.New, matchesPods));
            foreach (var difference in DiffBuilder.Build(old, @new).Differences)
            {
                var (before, after) = (Meaning(old, difference.Witness.Old), Meaning(@new, difference.Witness.New));
                if (difference.Witness.Old is not null || difference.Witness.New is not null)
                {
                    Assert.True(Explains(difference, before, after), $"{difference.Witness}: {difference.Kind}, listed {difference.Before} -> {difference.After}, policies {before} -> {after}");
                }
            }
        },
        iter: 400);

    [Fact]
    public void EveryFlowThatDiffersIsListed() => Gen.Select(Pair, Gen.Bool, FlowGenerators.Picks).Sample(
        (pair, matchesPods, picks) =>
        {
            var (old, @new) = (Tables(pair.Old, matchesPods), Tables(pair.New, matchesPods));
            var report = DiffBuilder.Build(old, @new);
            foreach (var flow in FlowGenerators.Flows(old.Graph, picks))
            {
                if (IsSkipped(flow) || Counterpart(@new.Graph, flow.Source) is not { } source || Counterpart(@new.Graph, flow.Destination) is not { } destination)
                {
                    continue;
                }

                var other = flow with { Source = source, Destination = destination };
                if (IsSkipped(other))
                {
                    continue;
                }

                var (before, after) = (Meaning(old, flow), Meaning(@new, other));
                var listed = report.Differences.Where(d => Concerns(d, old.Graph, @new.Graph, flow, other)).ToList();
                Assert.True(listed.Count <= 1, $"{flow} is listed twice");
                var expected = before == after;
                Assert.True(expected == (listed.Count == 0), $"{flow}: policies {before} -> {after}, listed {string.Join("; ", listed.Select(l => $"{l.Before} -> {l.After}"))}");
            }
        },
        iter: 600);

    [Fact]
    public void ThereIsNoDifferenceToItself() => MixedGenerators.Input.Sample(
        input => Assert.Empty(DiffBuilder.Build(Tables(input, false), Tables(input, false)).Differences),
        iter: 60);

    [Fact]
    public void TheReverseHasTheReverseDifferences() => Pair.Sample(
        pair =>
        {
            var (old, @new) = (Tables(pair.Old, false), Tables(pair.New, false));
            Assert.Equal(
                DiffBuilder.Build(old, @new).Differences.Select(d => $"{Reverse(d.Kind)} {d.Ports} {d.Before} {d.After}").Order(StringComparer.Ordinal),
                DiffBuilder.Build(@new, old).Differences.Select(d => $"{d.Kind} {d.Ports} {d.After} {d.Before}").Order(StringComparer.Ordinal));
        },
        iter: 150);

    private static ChangeKind Reverse(ChangeKind kind) => kind switch
    {
        ChangeKind.Widened => ChangeKind.Narrowed,
        ChangeKind.Narrowed => ChangeKind.Widened,
        ChangeKind.Added => ChangeKind.Removed,
        ChangeKind.Removed => ChangeKind.Added,
        _ => kind,
    };

    private static PolicyTables Tables(CompilerInput input, bool matchesPods) =>
        PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions(matchesPods)).Value!).Value!;

    /// <summary>What the policies say of a flow, in words; what a proxy does of two sides is the same when its rules are.</summary>
    private static string Meaning(PolicyTables tables, Flow? flow)
    {
        if (flow is null)
        {
            return "absent";
        }

        var decision = new FlowEvaluator(tables.Graph).Evaluate(flow);
        return !decision.Allowed ? "denied"
            : $"allowed{(decision.Egress.NeedsAuthentication || decision.Ingress.NeedsAuthentication ? " auth" : "")} {Proxy(decision.Egress)} {Proxy(decision.Ingress)}";
    }

    private static string Proxy(SideDecision side)
    {
        if (side.Proxied.IsEmpty)
        {
            return "-";
        }

        return ProxyRuleSetBuilder.Merge(side.Proxied.Select(r => new ProxyRuleMember(r.Id.Value, r.Proxy!)), side.ProxyAllowsEverything) is ProxyMerge.Merged merged
            ? ReferenceProxies.Describe(merged.Set)
            : "-";
    }

    private static bool Explains(Difference difference, string before, string after) => difference.Kind switch
    {
        ChangeKind.Added => before is "absent" && after.StartsWith("allowed", StringComparison.Ordinal),
        ChangeKind.Removed => after is "absent" && before.StartsWith("allowed", StringComparison.Ordinal),
        _ => before != after
            && (before == "absent" || before.StartsWith(difference.Before.Passes ? "allowed" : "denied", StringComparison.Ordinal))
            && (after == "absent" || after.StartsWith(difference.After.Passes ? "allowed" : "denied", StringComparison.Ordinal)),
    };

    /// <summary>Flows that cannot be, of a pod to itself, and of the world without an address, which is compared by address.</summary>
    private static bool IsSkipped(Flow flow) =>
        flow.Source.Entity is Entity.WorldIPv4 or Entity.WorldIPv6 || flow.Destination.Entity is Entity.WorldIPv4 or Entity.WorldIPv6
        || (flow.Source.Endpoint is { StandsForPods: false } pod && ReferenceEquals(pod, flow.Destination.Endpoint))
        || (flow.Protocol == IpProtocol.Icmp && flow.Family == AddressFamily.IPv6) || (flow.Protocol == IpProtocol.IcmpV6 && flow.Family == AddressFamily.IPv4);

    /// <summary>The same end on the other side; null where it is something else there.</summary>
    private static FlowPeer? Counterpart(RuleGraph other, FlowPeer peer)
    {
        if (peer.Endpoint is { } pod)
        {
            var same = other.Cluster.Endpoints.FirstOrDefault(e => e is { IsNode: false, HostNetwork: false } && e.Reference == pod.Reference);
            return same is not null && peer.Address is { } known && same.Address(known.Family) is { } address ? new FlowPeer(same, address) : null;
        }

        return peer.Address is { } outside && other.EndpointAt(outside) is not null ? null : peer;
    }

    private static bool Concerns(Difference difference, RuleGraph old, RuleGraph @new, Flow flow, Flow other) =>
        difference.Kind < ChangeKind.Added
        && difference.Ports.Contains(PortKey.Of(flow.Protocol, flow.Port))
        && (difference.Family ?? flow.Family) == flow.Family
        && difference.Sources.Any(s => Contains(s, old, @new, flow.Source, flow.Family))
        && difference.Destinations.Any(d => Contains(d, old, @new, other.Destination, flow.Family));

    private static bool Contains(DiffEnd end, RuleGraph old, RuleGraph @new, FlowPeer peer, AddressFamily family)
    {
        var isNode = peer is { Endpoint: null, Address: { } a } && (old.NodeAt(a) ?? @new.NodeAt(a)) is not null;
        var names = isNode ? [] : Names(peer, old).Union(Names(peer, @new)).ToList();
        return end switch
        {
            DiffEnd.Workload workload => peer.Endpoint is { } pod && workload.Pods.Contains(pod.Reference),
            DiffEnd.Node node => isNode && node.Address == peer.Address,
            DiffEnd.Reserved reserved => reserved.Entity == peer.Entity,
            DiffEnd.Addresses range => !isNode && peer.Endpoint is null && (names.Count == 0 || !range.IsNameless) && IsIn(range, peer, family),
            DiffEnd.Names name => names.Count > 0 && name.Patterns.All(p => names.Contains(p.Text)) && name.Patterns.Length == names.Count
                && (name.Within.IsEmpty || name.Within.Any(w => IsIn(w, peer, family))),
            _ => false,
        };
    }

    /// <summary>The generators write exact names only, so a pattern is a name.</summary>
    private static IEnumerable<string> Names(FlowPeer peer, RuleGraph graph) =>
        new[] { peer.Name }.OfType<string>()
            .Where(n => graph.Rules.SelectMany(r => r.Peers).OfType<Peer.Names>().Any(p => p.Pattern.Text == n));

    private static bool IsIn(DiffEnd.Addresses range, FlowPeer peer, AddressFamily family) => range.First.Family == family
        && (peer.Address is { } address && range.First.Value <= address.Value && address.Value <= range.Last.Value);
}
