using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Every pod that the labels of the generators can make, in every namespace, those that do not exist yet among them.</summary>
internal static class NewPods
{
    /// <summary>A value that selectors of the lint's generators name and no pod of the generators has.</summary>
    public const string OtherValue = "other";

    private static readonly string?[] LabelValues = [null, OtherValue, .. Generators.Values];

    /// <summary>Those that selectors of the generators name (null: the default one), and one that none of them names.</summary>
    private static readonly string?[] ServiceAccounts = [null, "robot", "other"];

    public static (ImmutableArray<Namespace> Namespaces, ImmutableArray<Endpoint> Pods) Of(ClusterView cluster)
    {
        var labels = LabelValues.SelectMany(_ => LabelValues, (app, tier) => new LabelSet(
            new[] { ("app", app), ("tier", tier) }.Where(l => l.Item2 is not null).Select(l => KeyValuePair.Create(l.Item1, l.Item2!)))).ToList();
        var missing = Generators.Names.Where(n => !cluster.Namespaces.Any(x => x.Name == n)).Select(n => new Namespace(n, LabelSet.Empty.WithDefault(Namespace.NameLabel, n), false, SourceSpan.None));
        ImmutableArray<Namespace> namespaces = [.. labels.Select((l, i) => new Namespace($"new-{i}", l.WithDefault(Namespace.NameLabel, $"new-{i}"), false, SourceSpan.None)), .. missing];
        return (namespaces,
        [
            .. cluster.Namespaces.Concat(namespaces).SelectMany(_ => labels, (ns, l) => (ns, l)).SelectMany(_ => ServiceAccounts, (x, account) => (x.ns, x.l, account)).Select((x, i) => new Endpoint
            {
                Namespace = x.ns.Name,
                Name = $"new-{i}",
                Labels = x.l,
                ServiceAccount = x.account,
                Addresses = [],
                WorkloadKind = "Pod",
                WorkloadName = $"new-{i}",
                Span = SourceSpan.None,
            }),
        ]);
    }

    public static ClusterView Add(ClusterView cluster, IEnumerable<Namespace> namespaces, IEnumerable<Endpoint> pods) => cluster with
    {
        Namespaces = [.. cluster.Namespaces.Concat(namespaces).OrderBy(n => n.Name, StringComparer.Ordinal)],
        Endpoints = [.. cluster.Endpoints.Concat(pods).OrderBy(e => e.Namespace, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal)],
    };
}
