using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>Gives every set of attributes that policies can tell apart its index and number.</summary>
/// <param name="taken">Numbers that the cluster has given away already.</param>
internal sealed class IdentityAllocator(IReadOnlySet<uint> taken)
{
    private const uint FirstClusterNumber = 256;
    private const uint FirstLocalNumber = 1 << 24;
    private const uint FirstNodeNumber = 1 << 25;

    private readonly ImmutableArray<Identity>.Builder _identities = ImmutableArray.CreateBuilder<Identity>();
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private uint _nextCluster = FirstClusterNumber;
    private uint _nextLocal = FirstLocalNumber;
    private uint _nextNode = FirstNodeNumber;

    public ImmutableArray<Identity> ToImmutable() => _identities.ToImmutable();

    /// <summary>The placeholder and the two worlds, whose indexes are fixed (policyc_abi.h).</summary>
    public void AddWorlds()
    {
        _identities.Add(New(0, 0, IdentityKind.World));
        _identities.Add(New(Identity.WorldIPv4Index, Entity.WorldIPv4.ReservedNumber(), IdentityKind.World) with { Family = AddressFamily.IPv4 });
        _identities.Add(New(Identity.WorldIPv6Index, Entity.WorldIPv6.ReservedNumber(), IdentityKind.World) with { Family = AddressFamily.IPv6 });
    }

    public void AddReserved(Entity entity) =>
        _identities.Add(New(_identities.Count, entity.ReservedNumber(), IdentityKind.Reserved) with { Entity = entity });

    /// <param name="endpoint">One of the endpoints.</param>
    /// <param name="labels">Its labels that policies look at.</param>
    /// <param name="ports">Its named ports that policies look at.</param>
    /// <param name="blocks">The blocks that match its address.</param>
    public int Endpoint(Endpoint endpoint, LabelSet labels, ImmutableArray<NamedPort> ports, ImmutableArray<int> blocks) => Find(
        $"{endpoint.Namespace}\n{labels}\n{string.Join(',', ports)}\n{string.Join(',', blocks)}\n{endpoint.IdentityNumber}",
        index => New(index, endpoint.IdentityNumber ?? NextCluster(), IdentityKind.Labels) with
        {
            Namespace = endpoint.Namespace,
            Labels = labels,
            NamedPorts = ports,
            Blocks = blocks,
        });

    /// <param name="node">The node.</param>
    /// <param name="ofPods">See <see cref="Identity.IsNodeAddressOfPods"/>.</param>
    /// <param name="blocks">The blocks that match the address.</param>
    public int Node(Node node, bool ofPods, ImmutableArray<int> blocks) => Find(
        $"node\n{node.Name}\n{ofPods}\n{string.Join(',', blocks)}",
        index => New(index, _nextNode++, IdentityKind.Node) with { Node = node, IsNodeAddressOfPods = ofPods, Blocks = blocks });

    /// <param name="family">Family of the addresses.</param>
    /// <param name="blocks">The blocks that match them.</param>
    /// <param name="names">The name patterns that match their names.</param>
    public int Outside(AddressFamily family, ImmutableArray<int> blocks, ImmutableArray<int> names)
    {
        if (blocks.IsEmpty && names.IsEmpty)
        {
            return Identity.WorldIndex(family);
        }

        return Find(
            $"{family}\n{string.Join(',', blocks)}\n{string.Join(',', names)}",
            index => New(index, _nextLocal++, names.IsEmpty ? IdentityKind.Cidr : IdentityKind.Name) with
            {
                Family = family,
                Blocks = blocks,
                Names = names,
            });
    }

    private uint NextCluster()
    {
        while (taken.Contains(_nextCluster))
        {
            _nextCluster++;
        }

        return _nextCluster++;
    }

    private int Find(string key, Func<int, Identity> make)
    {
        if (!_byKey.TryGetValue(key, out var index))
        {
            index = _identities.Count;
            _byKey.Add(key, index);
            _identities.Add(make(index));
        }

        return index;
    }

    private static Identity New(int index, uint number, IdentityKind kind) => new(index, number, kind, "", LabelSet.Empty, [], []);
}
