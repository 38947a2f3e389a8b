using System.Collections.Immutable;
using System.Numerics;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Exposure;

/// <summary>
/// The pods that could be created, as far as a list of peers can tell them apart. Labels are independent of each other, so
/// that the kinds of pods follow from what each label can be: absent, a value that a selector names, or another one.
/// </summary>
internal sealed class PotentialPods(RuleGraph graph)
{
    /// <summary>Most kinds of pods for one list of peers.</summary>
    public const int Limit = 4096;

    private readonly ImmutableArray<AddressFamily> _families =
        graph.Cluster.Endpoints.Any(e => e.Address(AddressFamily.IPv6) is not null && !e.HasSyntheticAddresses)
            ? [AddressFamily.IPv4, AddressFamily.IPv6]
            : [AddressFamily.IPv4];

    private readonly Dictionary<(LabelSelector? Selector, string? Name), HashSet<string>> _existing = [];

    /// <param name="peers">Pods by selector, and addresses that pods can have.</param>
    /// <returns>Null if there are more than the <see cref="Limit"/>.</returns>
    public IReadOnlyList<PotentialPod>? Of(ImmutableArray<Peer> peers)
    {
        var selectors = peers.Select(p => (p as Peer.Endpoints)?.Selector).ToList();
        var pods = new List<PotentialPod>();
        var addresses = Addresses(peers);
        return NewNamespaces(selectors) is { } unborn
            && ExistingNamespaces(selectors).Concat(unborn).All(n => AddPods(pods, n.Namespace, n.Existing, n.Mask, selectors, addresses))
            ? pods
            : null;
    }

    /// <summary>Namespaces that the selectors do not tell apart are one.</summary>
    private IEnumerable<(Namespace Namespace, ImmutableArray<string> Existing, BigInteger Mask)> ExistingNamespaces(List<EndpointSelector?> selectors)
    {
        var matching = selectors.Select(s => s is null ? null : MatchingNamespaces(s)).ToList();
        return graph.Cluster.Namespaces.Select(ns => (Namespace: ns, Mask: MaskOf(matching, m => m is null || m.Contains(ns.Name))))
            .GroupBy(n => n.Mask)
            .Select(g => (g.First().Namespace, g.Select(n => n.Namespace.Name).ToImmutableArray(), g.Key));
    }

    private HashSet<string> MatchingNamespaces(EndpointSelector selector)
    {
        if (!_existing.TryGetValue((selector.NamespaceSelector, selector.Namespace), out var names))
        {
            names = graph.Cluster.Namespaces.Where(selector.MatchesNamespace).Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
            _existing.Add((selector.NamespaceSelector, selector.Namespace), names);
        }

        return names;
    }

    private IEnumerable<(Namespace Namespace, ImmutableArray<string> Existing, BigInteger Mask)>? NewNamespaces(List<EndpointSelector?> selectors)
    {
        var asked = selectors.Select(s => s is null ? null : s.NamespaceSelector ?? InNamespace(s.Namespace!)).ToList();
        var requirements = asked.SelectMany(s => s?.Requirements ?? []).ToLookup(r => r.Key, StringComparer.Ordinal);
        var taken = graph.Cluster.Namespaces.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        return Choices.Combine(
            MaskOf(asked, _ => true),
            requirements.Select(r => r.Key).Append(Namespace.NameLabel).Distinct().Order(StringComparer.Ordinal).Select(key =>
            {
                var isName = key == Namespace.NameLabel;
                var values = requirements[key].SelectMany(r => r.Values).Where(v => !isName || !taken.Contains(v));
                return Choices.OfLabel(asked, key, values, isName ? taken : ImmutableHashSet<string>.Empty, mayBeAbsent: !isName);
            }),
            Limit)?.Select(c =>
            {
                var labels = LabelsOf(c.Chosen);
                var name = labels.Find(Namespace.NameLabel)!;
                // Names that nothing asks about are told apart, so that the namespaces can be in one graph.
                var isAsked = requirements[Namespace.NameLabel].Any(r => r.Values.Contains(name));
                return (new Namespace(isAsked ? name : labels.ToString(), labels, false, SourceSpan.None), ImmutableArray<string>.Empty, c.Answer);
            });
    }

    /// <returns>False if there are too many.</returns>
    private static bool AddPods(
        List<PotentialPod> pods,
        Namespace ns,
        ImmutableArray<string> existing,
        BigInteger mask,
        List<EndpointSelector?> selectors,
        List<(IpAddress? Address, BigInteger Mask)> addresses)
    {
        var asked = selectors.Select((s, i) => (mask >> i).IsEven ? null : s?.Pods).ToList();
        var requirements = asked.SelectMany(s => s?.Requirements ?? []).ToLookup(r => r.Key, StringComparer.Ordinal);
        var labels = Choices.Combine(
            mask,
            requirements.Select(r => r.Key).Order(StringComparer.Ordinal).Select(key => key == Endpoint.ClusterLabel
                ? Choices.OfValues(asked, key, [Endpoint.ClusterName])
                : Choices.OfLabel(asked, key, requirements[key].SelectMany(r => r.Values), ImmutableHashSet<string>.Empty, mayBeAbsent: key != Endpoint.ServiceAccountLabel)),
            Limit);
        foreach (var (answer, chosen) in labels ?? [])
        {
            var known = new HashSet<BigInteger>();
            pods.AddRange(addresses.Where(a => known.Add(answer & a.Mask)).Select(a => new PotentialPod(
                ns,
                existing,
                LabelsOf(chosen.Where(l => l.Key is not (Endpoint.ServiceAccountLabel or Endpoint.ClusterLabel))),
                chosen.FirstOrDefault(l => l.Key == Endpoint.ServiceAccountLabel).Value,
                a.Address,
                answer & a.Mask)));
        }

        return labels is not null && pods.Count <= Limit;
    }

    /// <summary>Between the edges of address blocks nothing changes.</summary>
    private List<(IpAddress? Address, BigInteger Mask)> Addresses(ImmutableArray<Peer> peers)
    {
        var blocks = peers.OfType<Peer.Cidr>().Select(c => c.Block).ToList();
        if (blocks.Count == 0)
        {
            return [(null, -BigInteger.One)];
        }

        var edges = blocks.SelectMany(b => b.Except.Prepend(b.Cidr)).SelectMany(p => new[] { p.Address, p.Last with { Value = p.Last.Value + 1 } })
            .Concat(_families.Select(f => new IpAddress(f, UInt128.Zero)))
            .Where(a => _families.Contains(a.Family) && a.Value <= new IpPrefix(a with { Value = 0 }, 0).Last.Value)
            .Distinct().Order();
        return [.. edges.Select(a => ((IpAddress?)a, MaskOf(peers, p => p is not Peer.Cidr cidr || cidr.Block.Contains(a))))];
    }

    private static BigInteger MaskOf<T>(IReadOnlyList<T> items, Func<T, bool> condition)
    {
        var mask = BigInteger.Zero;
        for (var i = 0; i < items.Count; i++)
        {
            mask |= condition(items[i]) ? BigInteger.One << i : BigInteger.Zero;
        }

        return mask;
    }

    private static LabelSelector InNamespace(string name) =>
        new([new LabelRequirement(Namespace.NameLabel, SelectorOperator.In, [name], SourceSpan.None)], SourceSpan.None);

    private static LabelSet LabelsOf(IEnumerable<KeyValuePair<string, string?>> chosen) =>
        new(chosen.Where(l => l.Value is not null).Select(l => KeyValuePair.Create(l.Key, l.Value!)));
}
