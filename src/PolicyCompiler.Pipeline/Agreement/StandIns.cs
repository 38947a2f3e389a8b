using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Agreement;

/// <summary>
/// Addresses for the identities whose addresses only an agent learns, reserved entities and names, so that decisions about
/// them can be asked of tables and kernel as well.
/// </summary>
public sealed class StandIns
{
    private const int Attempts = 256;
    private static readonly IpAddress[] First = [IpAddress.Parse("198.19.250.1"), IpAddress.Parse("2001:2:0:fffe::1")];
    private static readonly IpAddress[] FirstOutside = [IpAddress.Parse("203.0.113.100"), IpAddress.Parse("2001:db8:77::100")];

    private readonly Dictionary<IpAddress, FlowPeer> _peers = [];
    private readonly List<IpCacheEntry> _entries = [];

    /// <param name="tables">Tables without stand-ins.</param>
    public StandIns(PolicyTables tables)
    {
        var identities = tables.Identities;
        var evaluator = new TableEvaluator(tables);
        var examples = identities.NameClasses.Classes.Where(c => c.Examples.Length == 1)
            .ToDictionary(c => string.Join(',', c.Patterns), c => c.Examples[0], StringComparer.Ordinal);
        var prefixes = identities.IpCache.Where(e => !e.IsEndpoint).ToLookup(e => e.IdentityIndex, e => e.Prefix.Address);
        var bases = identities.Identities.Where(i => i.Kind is IdentityKind.World or IdentityKind.Cidr)
            .ToDictionary(BlocksKey, i => i.Index, StringComparer.Ordinal);
        foreach (var identity in identities.Identities.Skip(1))
        {
            switch (identity.Kind)
            {
                case IdentityKind.Reserved:
                    foreach (var first in First)
                    {
                        Add(identity.Index, first, a => tables.Graph.SubjectAt(a) is null && tables.Graph.NodeAt(a) is null, new FlowPeer(null, null) { Entity = identity.Entity });
                    }

                    break;
                case IdentityKind.Name when examples.TryGetValue(string.Join(',', identity.Names), out var name) && bases.TryGetValue(BlocksKey(identity), out var around):
                    var starts = prefixes[around].Append(FirstOutside[identity.Family == AddressFamily.IPv4 ? 0 : 1]);
                    foreach (var start in starts.Where(s => s.Family == identity.Family))
                    {
                        if (Add(identity.Index, start, a => evaluator.IdentityOf(a) == around, new FlowPeer(null, null) { Name = name }))
                        {
                            break;
                        }
                    }

                    break;
            }
        }

        Tables = tables with { Identities = identities with { IpCache = [.. identities.IpCache, .. _entries] } };
    }

    /// <summary>The tables with the stand-ins in their ipcache.</summary>
    public PolicyTables Tables { get; }

    public IEnumerable<IpAddress> Addresses => _peers.Keys;

    /// <summary>What the graph knows of the end with the address.</summary>
    public FlowPeer PeerAt(IpAddress address) =>
        _peers.TryGetValue(address, out var peer) ? peer : new FlowPeer(Tables.Graph.EndpointAt(address), address);

    private static string BlocksKey(Identity identity) => $"{identity.Family} {string.Join(',', identity.Blocks)}";

    private bool Add(int identity, IpAddress start, Func<IpAddress, bool> isFree, FlowPeer peer)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var address = start with { Value = start.Value + (UInt128)i };
            if (!_peers.ContainsKey(address) && isFree(address))
            {
                // A reserved entity has no address as far as policy is concerned; what a name stands for has one.
                _peers.Add(address, peer.Name is null ? peer : peer with { Address = address });
                _entries.Add(new IpCacheEntry(new IpPrefix(address, address.Bits), identity, true, true));
                return true;
            }
        }

        return false;
    }
}
