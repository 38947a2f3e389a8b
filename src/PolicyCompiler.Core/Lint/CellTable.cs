using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>The cells of all direction policies, and where each policy has a say.</summary>
internal sealed class CellTable
{
    private readonly List<DirectionCells>[] _ofPolicy;

    public CellTable(PolicyTables tables)
    {
        Tables = tables;
        Peers = new PeerResolver(tables.Graph, tables.Identities);
        Evaluator = new CellEvaluator(tables.Graph);
        var endpoints = new Endpoint?[tables.DirectionPolicies.Length];
        foreach (var policy in tables.EndpointPolicies)
        {
            endpoints[policy.Ingress] ??= tables.Graph.Cluster.Endpoints[policy.Endpoints[0]];
            endpoints[policy.Egress] ??= tables.Graph.Cluster.Endpoints[policy.Endpoints[0]];
        }

        var entries = new EntryBuilder(tables.Graph, Peers);
        Directions =
        [
            .. tables.DirectionPolicies.Select(p => new DirectionCells(
                p, EntriesOf(p, endpoints[p.Index]!, entries), tables.Identities.Identities, LetIn(p, endpoints[p.Index]!))),
        ];
        _ofPolicy = new List<DirectionCells>[tables.Graph.Policies.Length];
        foreach (var cells in Directions)
        {
            foreach (var policy in cells.Policy.Policies)
            {
                (_ofPolicy[policy] ??= []).Add(cells);
            }
        }
    }

    public PolicyTables Tables { get; }

    public RuleGraph Graph => Tables.Graph;

    public PeerResolver Peers { get; }

    public CellEvaluator Evaluator { get; }

    public ImmutableArray<DirectionCells> Directions { get; }

    /// <summary>The direction policies in which the policy has a say.</summary>
    public IReadOnlyList<DirectionCells> Of(PolicyNode policy) => _ofPolicy[policy.Index] ?? (IReadOnlyList<DirectionCells>)[];

    /// <summary>The own node, where it is known which it is, and <c>host</c>, which always is it.</summary>
    private IReadOnlySet<int> LetIn(DirectionPolicy policy, Endpoint endpoint) => !policy.LetsOwnNodeIn || endpoint.IsNode
        ? ImmutableHashSet<int>.Empty
        : Tables.Identities.Identities.Where(i => i.Entity == Entity.Host || (i.IsNodeAddressOfPods && i.Node!.Name == policy.OwnNode))
            .Select(i => i.Index).ToHashSet();

    /// <summary>The direction policy's own, unless isolation keeps a tier out that would be asked without it.</summary>
    private ImmutableArray<PolicyEntry> EntriesOf(DirectionPolicy policy, Endpoint endpoint, EntryBuilder entries)
    {
        ImmutableArray<PolicyNode> policies = [.. policy.Policies.Select(p => Graph.Policies[p])];
        return policy.Isolating.IsEmpty || !policies.Any(p => p.Tier == Tier.Baseline)
            ? policy.Entries
            : entries.BuildOfAllTiers(DirectionDraftBuilder.Build(Graph, endpoint, policies, policy.Direction));
    }
}
