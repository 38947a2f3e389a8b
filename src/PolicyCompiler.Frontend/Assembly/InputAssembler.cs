using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;

namespace PolicyCompiler.Frontend.Assembly;

/// <summary>The objects of all files to one input: what only shows when all of them are known.</summary>
internal static class InputAssembler
{
    public static CompilerInput Assemble(Manifests all, Findings findings)
    {
        ReportOthers(all.Others, findings);
        var policies = Unique(all.Policies, p => (p.Kind, p.Namespace, p.Name), (p, first) => findings.Report(
            ObjectDiagnostics.PolicyStatedTwice, p.Span, p.Kind, Reference(p), first.Span));
        var namespaces = Namespaces(all, findings);
        var cluster = new ClusterView
        {
            Namespaces = namespaces,
            Endpoints = IdentityNumbers.Assign(EndpointAssembler.Assemble(all, findings), namespaces, all, findings),
            Services = Services(all, findings),
            Nodes = [.. Unique(all.Nodes, n => n.Name, Twice<Node>(findings, "node", n => (n.Name, n.Span)))
                .OrderBy(n => n.Name, StringComparer.Ordinal)],
            CidrGroups = [.. Unique(all.CidrGroups, g => g.Name, Twice<CidrGroup>(findings, "CiliumCIDRGroup", g => (g.Name, g.Span)))
                .OrderBy(g => g.Name, StringComparer.Ordinal)],
        };
        var ordered = policies.OrderBy(p => p.Kind, StringComparer.Ordinal)
            .ThenBy(p => p.Namespace, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal);
        return new CompilerInput(new PolicySet([.. ordered]), cluster);
    }

    /// <summary>The first of each key in the order given; <paramref name="report"/> hears of every other and the first.</summary>
    public static List<T> Unique<T, TKey>(IReadOnlyList<T> items, Func<T, TKey> keyOf, Action<T, T> report)
        where TKey : notnull
    {
        var first = new Dictionary<TKey, T>(items.Count);
        var unique = new List<T>(items.Count);
        foreach (var item in items)
        {
            if (first.TryAdd(keyOf(item), item))
            {
                unique.Add(item);
            }
            else
            {
                report(item, first[keyOf(item)]);
            }
        }

        return unique;
    }

    public static Action<T, T> Twice<T>(Findings findings, string kind, Func<T, (string Reference, SourceSpan Span)> describe) =>
        (second, first) => findings.Report(
            ObjectDiagnostics.ObjectStatedTwice, describe(second).Span, kind, describe(second).Reference, describe(first).Span);

    private static string Reference(PolicyObject policy) =>
        policy.Namespace.Length == 0 ? policy.Name : $"{policy.Namespace}/{policy.Name}";

    private static void ReportOthers(List<OtherKind> others, Findings findings)
    {
        foreach (var kind in others.GroupBy(o => (o.ApiVersion, o.Kind)))
        {
            var count = kind.Count();
            var objects = count == 1 ? "1 object" : string.Create(CultureInfo.InvariantCulture, $"{count} objects");
            findings.Report(
                ObjectDiagnostics.UnknownKind, kind.First().Span, objects, Quote.Shorten($"{kind.Key.Kind} ({kind.Key.ApiVersion})"));
        }
    }

    private static ImmutableArray<Namespace> Namespaces(Manifests all, Findings findings)
    {
        var stated = Unique(all.Namespaces, n => n.Name, Twice<Namespace>(findings, "namespace", n => (n.Name, n.Span)));
        var known = stated.ToDictionary(n => n.Name, StringComparer.Ordinal);
        var mentioned = all.Policies.Select(p => p.Namespace)
            .Concat(all.Pods.Select(p => p.Metadata.Namespace))
            .Concat(all.Workloads.Select(w => w.Metadata.Namespace))
            .Concat(all.Services.Select(s => s.Namespace))
            .Where(name => name.Length > 0);
        foreach (var name in mentioned)
        {
            if (!known.ContainsKey(name))
            {
                var labels = LabelSet.Empty.WithDefault(Namespace.NameLabel, name);
                known.Add(name, new Namespace(name, labels, IsImplied: true, SourceSpan.None));
            }
        }

        return [.. known.Values.OrderBy(n => n.Name, StringComparer.Ordinal)];
    }

    private static ImmutableArray<Service> Services(Manifests all, Findings findings)
    {
        var backends = all.Backends.ToLookup(b => (b.Namespace, b.ServiceName), b => b.Addresses);
        var services = Unique(
            all.Services, s => (s.Namespace, s.Name), Twice<Service>(findings, "service", s => ($"{s.Namespace}/{s.Name}", s.Span)));
        return
        [
            .. services.OrderBy(s => s.Namespace, StringComparer.Ordinal).ThenBy(s => s.Name, StringComparer.Ordinal)
                .Select(s => s with { BackendAddresses = [.. backends[(s.Namespace, s.Name)].SelectMany(a => a).Distinct().Order()] }),
        ];
    }
}
