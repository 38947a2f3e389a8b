using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>
/// What the datapath must do, step by step as the template does it: address -> identity -> row, protocol and port ->
/// column, cell. It reads only what is emitted as map contents.
/// </summary>
public sealed class TableEvaluator
{
    private readonly PolicyTables _tables;
    private readonly Dictionary<IpAddress, int> _exact = [];
    private readonly Dictionary<IpPrefix, int> _prefixes = [];
    private readonly int[] _lengthsIPv4;
    private readonly int[] _lengthsIPv6;

    public TableEvaluator(PolicyTables tables)
    {
        _tables = tables;
        foreach (var entry in tables.Identities.IpCache)
        {
            if (entry.IsEndpoint)
            {
                _exact[entry.Prefix.Address] = entry.IdentityIndex;
            }
            else
            {
                _prefixes[entry.Prefix] = entry.IdentityIndex;
            }
        }

        _lengthsIPv4 = Lengths(AddressFamily.IPv4);
        _lengthsIPv6 = Lengths(AddressFamily.IPv6);

        int[] Lengths(AddressFamily family) =>
            [.. _prefixes.Keys.Where(p => p.Family == family).Select(p => p.Length).Distinct().OrderDescending()];
    }

    /// <summary>Identity index of a remote address: exact entry, else longest prefix, else world.</summary>
    public int IdentityOf(IpAddress address)
    {
        if (_exact.TryGetValue(address, out var index))
        {
            return index;
        }

        foreach (var length in address.Family == AddressFamily.IPv4 ? _lengthsIPv4 : _lengthsIPv6)
        {
            if (_prefixes.TryGetValue(new IpPrefix(address, length), out index))
            {
                return index;
            }
        }

        return Identity.WorldIndex(address.Family);
    }

    /// <summary>The verdict on a new connection of an endpoint.</summary>
    /// <param name="endpoint">Index in the cluster view; not a host-network pod.</param>
    /// <param name="direction">Seen from the endpoint.</param>
    /// <param name="remote">The other side's address.</param>
    /// <param name="portKey">Of the connection's destination; see <see cref="PortKey"/>.</param>
    public VerdictWord Evaluate(int endpoint, Direction direction, IpAddress remote, int portKey)
    {
        var policy = _tables.Of(_tables.EndpointPolicies[_tables.EndpointPolicyIndex[endpoint]], direction);
        if (policy.LetsOwnNodeIn
            && !_tables.Graph.Cluster.Endpoints[endpoint].IsNode && _tables.Graph.NodeOf(_tables.Graph.Cluster.Endpoints[endpoint])?.Address(remote.Family) == remote)
        {
            return new VerdictWord(VerdictAction.Allow, DecisionInfo.FixedId(DecisionKind.NodeLocal, direction));
        }

        return Evaluate(policy, IdentityOf(remote), portKey);
    }

    /// <summary>The verdict by identity, for remote endpoints that have no address in the flow's family.</summary>
    public VerdictWord Evaluate(int endpoint, Direction direction, int identity, int portKey)
    {
        var policy = _tables.Of(_tables.EndpointPolicies[_tables.EndpointPolicyIndex[endpoint]], direction);
        return Evaluate(policy, identity, portKey);
    }

    public VerdictWord Evaluate(DirectionPolicy policy, int identity, int portKey)
    {
        var column = policy.DependsOnPort ? (int)Walk(policy.PortRoot, PolicyTables.PortLevels, portKey) : 0;
        return CellOf(policy, RowOf(policy, identity), column);
    }

    /// <summary>Page number of an identity's row.</summary>
    public uint RowOf(DirectionPolicy policy, int identity) =>
        policy.DependsOnIdentity ? Walk(policy.IdentityRoot, _tables.IdentityLevels, identity) : policy.IdentityRoot;

    /// <summary>The cell of a row.</summary>
    public VerdictWord CellOf(DirectionPolicy policy, uint row, int column) => new(Walk(row, policy.RowLevels, column));

    private uint Walk(uint page, int levels, int key)
    {
        for (var level = levels - 1; level >= 0; level--)
        {
            page = _tables.Pages[((int)page * PageStore.Slots) + ((key >> (level * PageStore.Bits)) & (PageStore.Slots - 1))];
        }

        return page;
    }
}
