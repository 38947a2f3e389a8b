using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Tables;

/// <summary>The rule graph as the datapath's tables, with the provenance of every entry.</summary>
/// <param name="Graph">What they were made from.</param>
/// <param name="Identities">Identities and ipcache.</param>
/// <param name="DirectionPolicies">Deduplicated.</param>
/// <param name="EndpointPolicies">Deduplicated; every endpoint that is not host-network is in exactly one.</param>
/// <param name="EndpointPolicyIndex">Index of the endpoint policy by endpoint of the cluster view; -1 for host-network pods.</param>
/// <param name="Decisions">Every decision id in use, ascending.</param>
/// <param name="Redirects">The decisions that send connections to a proxy, ascending by id.</param>
/// <param name="Pages">The content of <c>policyc_pages</c>: 64 words a page.</param>
public sealed record PolicyTables(
    RuleGraph Graph,
    IdentityTable Identities,
    ImmutableArray<DirectionPolicy> DirectionPolicies,
    ImmutableArray<EndpointPolicy> EndpointPolicies,
    ImmutableArray<int> EndpointPolicyIndex,
    ImmutableArray<DecisionInfo> Decisions,
    ImmutableArray<RedirectDecision> Redirects,
    ImmutableArray<uint> Pages)
{
    private static readonly IComparer<DecisionInfo> ById = Comparer<DecisionInfo>.Create((a, b) => a.Id.CompareTo(b.Id));

    /// <summary>Levels of every port trie.</summary>
    public const int PortLevels = PortKey.Bits / PageStore.Bits;

    /// <summary>Words of a page.</summary>
    public const int PageSlots = PageStore.Slots;

    /// <summary>Levels of every identity trie: 2 up to 4,096 identities, 3 beyond.</summary>
    public int IdentityLevels => Identities.Levels;

    public int PageCount => Pages.Length / PageSlots;

    /// <summary>The direction policy of an endpoint policy.</summary>
    public DirectionPolicy Of(EndpointPolicy policy, Direction direction) =>
        DirectionPolicies[direction == Direction.Ingress ? policy.Ingress : policy.Egress];

    /// <summary>The meaning of a decision id; null if these tables have none of that id.</summary>
    public DecisionInfo? Decision(int id)
    {
        var probe = new DecisionInfo(id, DecisionKind.None, Direction.Ingress, VerdictAction.Drop, DropReason.None, null, -1);
        var index = Decisions.BinarySearch(probe, ById);
        return index < 0 ? null : Decisions[index];
    }
}
