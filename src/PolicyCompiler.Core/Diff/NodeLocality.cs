using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>Which pods accept which node's address as their own node's.</summary>
internal sealed class NodeLocality
{
    private readonly DiffSide _old;
    private readonly DiffSide _new;
    private readonly Dictionary<IpAddress, Dictionary<int, List<EndMember.Pod>>> _byAddress = [];

    public NodeLocality(DiffSide old, DiffSide @new, IEnumerable<EndClass> classes)
    {
        (_old, _new) = (old, @new);
        foreach (var item in classes.Where(c => c.HasPods && Matters(c)))
        {
            foreach (var pod in item.Members.Cast<EndMember.Pod>())
            {
                foreach (var address in Own(old, pod.Old).Union(Own(@new, pod.New)))
                {
                    if (!_byAddress.TryGetValue(address, out var pods))
                    {
                        _byAddress.Add(address, pods = []);
                    }

                    if (!pods.TryGetValue(item.Index, out var list))
                    {
                        pods.Add(item.Index, list = []);
                    }

                    list.Add(pod);
                }
            }
        }
    }

    /// <summary>Whether some side lets the own node in before it asks the tables.</summary>
    public bool Matters(EndClass pods) => _old.LetsOwnNodeIn(pods.Key.Ingress.Old) || _new.LetsOwnNodeIn(pods.Key.Ingress.New);

    /// <summary>Classes with pods on the node that has the address, and those pods by the sides on which it is theirs.</summary>
    public IEnumerable<(int Class, bool Old, bool New, IReadOnlyList<EndMember> Pods)> On(IpAddress node) =>
        _byAddress.TryGetValue(node, out var pods)
            ? pods.OrderBy(p => p.Key).SelectMany(p => p.Value.GroupBy(m => (IsOwn(_old, m.Old, node), IsOwn(_new, m.New, node))),
                (p, g) => (p.Key, g.Key.Item1, g.Key.Item2, (IReadOnlyList<EndMember>)[.. g]))
            : [];

    private static bool IsOwn(DiffSide side, int pod, IpAddress node) => Own(side, pod).Contains(node);

    private static IEnumerable<IpAddress> Own(DiffSide side, int pod)
    {
        var node = pod < 0 ? null : side.Graph.NodeOf(side.Graph.Cluster.Endpoints[pod]);
        foreach (var family in new[] { AddressFamily.IPv4, AddressFamily.IPv6 })
        {
            if (node?.Address(family) is { } address)
            {
                yield return address;
            }
        }
    }
}
