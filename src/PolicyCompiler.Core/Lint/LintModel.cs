using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>What the checks read: the policies as written, the tables, and who is selected.</summary>
internal sealed class LintModel
{
    private readonly List<Endpoint>[] _selected;
    private readonly ILookup<int, Endpoint> _byIdentity;

    public LintModel(PolicySet policies, PolicyTables tables)
    {
        (Policies, Tables, Cells) = (policies, tables, new CellTable(tables));
        _selected = [.. Graph.Policies.Select(_ => new List<Endpoint>())];
        foreach (var endpoint in Graph.Cluster.Endpoints)
        {
            foreach (var policy in Graph.PoliciesFor(endpoint))
            {
                _selected[policy.Index].Add(endpoint);
            }
        }

        var identities = tables.Identities.EndpointIdentities;
        _byIdentity = Enumerable.Range(0, identities.Length).Where(i => identities[i] > 0)
            .ToLookup(i => identities[i], i => Graph.Cluster.Endpoints[i]);
    }

    public PolicySet Policies { get; }

    public PolicyTables Tables { get; }

    public CellTable Cells { get; }

    public RuleGraph Graph => Tables.Graph;

    /// <summary>The endpoints that a policy is for.</summary>
    public IReadOnlyList<Endpoint> SelectedBy(PolicyNode policy) => _selected[policy.Index];

    /// <summary>The pods that a peer selects.</summary>
    public IEnumerable<Endpoint> PodsOf(Peer.Endpoints peer) => IdentitiesOf(peer).SelectMany(i => _byIdentity[i]);

    public bool SelectsPods(Peer.Endpoints peer) => IdentitiesOf(peer).Length > 0;

    /// <summary>Whether the rule's peers, or its ports, are nobody's: there is a finding about that.</summary>
    public bool HasEmptyPart(Rule rule)
    {
        var pods = rule.Peers.OfType<Peer.Endpoints>().ToList();
        return (pods.Count == rule.Peers.Length && !pods.Exists(SelectsPods))
            || (rule.Ports.All(p => p is PortMatch.Named) && (rule.Direction == Direction.Ingress || pods.Count == rule.Peers.Length));
    }

    private int[] IdentitiesOf(Peer.Endpoints peer) => Cells.Peers.Resolve(ImmutableArray.Create<Peer>(peer), ownNode: null) ?? [];
}
