namespace PolicyCompiler.Core.Diff;

/// <summary>
/// Which pairs of classes can differ: those where the effects of one direction differ for any port. All others are proven
/// equal by that.
/// </summary>
internal sealed class CandidatePairs
{
    private readonly List<EndClass> _classes;
    private readonly Dictionary<PolicyPair, int[]> _changedEgress = [];
    private readonly Dictionary<int, List<int>> _byIdentity = [];
    private readonly Dictionary<int, List<int>> _ingressChangedFrom = [];

    public CandidatePairs(DiffSide old, DiffSide @new, IdentityPairs identities, List<EndClass> classes)
    {
        _classes = classes;
        foreach (var item in classes)
        {
            foreach (var identity in IdentitiesOf(item))
            {
                Add(_byIdentity, identity, item.Index);
            }

            _changedEgress.TryAdd(item.Key.Egress, []);
        }

        foreach (var pair in _changedEgress.Keys.ToList())
        {
            _changedEgress[pair] = [.. Changed(pair)];
        }

        foreach (var ingress in classes.GroupBy(c => c.Key.Ingress))
        {
            var receivers = ingress.Select(c => c.Index).ToList();
            foreach (var identity in Changed(ingress.Key))
            {
                foreach (var receiver in receivers)
                {
                    Add(_ingressChangedFrom, identity, receiver);
                }
            }
        }

        IEnumerable<int> Changed(PolicyPair policy)
        {
            for (var i = 0; i < identities.Count; i++)
            {
                var (before, after) = identities[i];
                if (old.RowOf(policy.Old, before).Key != @new.RowOf(policy.New, after).Key)
                {
                    yield return i;
                }
            }
        }
    }

    /// <summary>Indexes of the classes to which flows of the source can differ, ascending.</summary>
    public IEnumerable<int> From(EndClass source)
    {
        var found = new SortedSet<int>();
        foreach (var identity in _changedEgress[source.Key.Egress])
        {
            found.UnionWith(_byIdentity.GetValueOrDefault(identity) ?? []);
        }

        foreach (var identity in IdentitiesOf(source))
        {
            found.UnionWith(_ingressChangedFrom.GetValueOrDefault(identity) ?? []);
        }

        return source.IsSubject ? found : found.Where(d => _classes[d].IsSubject);
    }

    private static IEnumerable<int> IdentitiesOf(EndClass item) => new[] { item.Key.IPv4, item.Key.IPv6 }.Where(i => i >= 0).Distinct();

    private static void Add(Dictionary<int, List<int>> lists, int key, int value)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
