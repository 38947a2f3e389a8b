using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>
/// The policy of the datapath tests, the same in both directions and once as tables, once as comparisons:
/// the peer (an exact address) may use TCP 80, UDP 53, SCTP 9899, echo and GRE; the partner (a prefix) UDP 1000-2000;
/// nobody else may do anything.
/// </summary>
internal static class DatapathPolicy
{
    public const int PeerIdentity = 10;
    public const int PartnerIdentity = 75;
    public const IpProtocol Gre = (IpProtocol)47;


    private static readonly PortKeyRange[] PeerPorts =
    [
        Single(IpProtocol.Tcp, 80), Single(IpProtocol.Udp, 53), Single(IpProtocol.Sctp, 9899), Single(IpProtocol.Icmp, 8),
        Single(IpProtocol.IcmpV6, 128), Single(Gre, 0),
    ];

    private static readonly PortKeyRange PartnerPorts = new(PortKey.Of(IpProtocol.Udp, 1000), PortKey.Of(IpProtocol.Udp, 2000));

    private static readonly TablePages Tables = BuildTables();

    public static DecisionPlan Table { get; } = new DecisionPlan.Table(ByIdentity: true, ByPort: true, IdentityLevels: 2, RowLevels: 1);

    /// <summary>Roots that give the policy, and roots under which everything is denied.</summary>
    public static (uint IdentityRoot, uint PortRoot) Roots(Direction direction) => direction == Direction.Ingress
        ? (Tables.Named("ingress identities"), Tables.Named("ports"))
        : (Tables.Named("egress identities"), Tables.Named("ports"));

    public static (uint IdentityRoot, uint PortRoot) DenyRoots(Direction direction) => direction == Direction.Ingress
        ? (Tables.Named("ingress nobody"), Tables.Named("ports"))
        : (Tables.Named("egress nobody"), Tables.Named("ports"));

    public static VerdictWord Allow(Direction direction) => new(VerdictAction.Allow, 64 + (2 * (int)direction));

    public static VerdictWord Deny(Direction direction) => new(VerdictAction.Drop, 65 + (2 * (int)direction));

    public static DecisionPlan Inline(Direction direction) => new DecisionPlan.Inline(
        [
            new InlineCase([(PeerIdentity, PeerIdentity)], [.. PeerPorts], Allow(direction), new PlanOrigin("policies/peer.yaml", 12, 9, "- from:")),
            new InlineCase([(PartnerIdentity, PartnerIdentity)], [PartnerPorts], Allow(direction), new PlanOrigin("policies/peer.yaml", 20, 9, "- from:")),
        ],
        Deny(direction),
        new PlanOrigin("policies/peer.yaml", 1, 1, "apiVersion: networking.k8s.io/v1"));

    public static ImmutableArray<MapContents> Maps { get; } =
    [
        new MapContents("policyc_pages", 4, 256, Tables.Count, [], Tables.Words),
        new MapContents("policyc_ipcache4", 4, 4, 16, [.. DatapathAddresses.Peer4.ToBytes()], Fixture.Words(PeerIdentity)),
        new MapContents("policyc_prefix4", 8, 4, 16, [16, 0, 0, 0, 10, 9, 0, 0], Fixture.Words(PartnerIdentity)),
        new MapContents("policyc_ipcache6", 16, 4, 16, [.. DatapathAddresses.Peer6.ToBytes()], Fixture.Words(PeerIdentity)),
        new MapContents(
            "policyc_prefix6", 20, 4, 16, [32, 0, 0, 0, .. IpAddress.Parse("fd00:9::").ToBytes()], Fixture.Words(PartnerIdentity)),
        new MapContents(MapContentsBuilder.Counters, 4, 16, 128, [], []),
    ];

    private static TablePages BuildTables()
    {
        const int PeerColumn = 1;
        const int PartnerColumn = 2;
        var pages = new TablePages();
        pages.Name("ports", pages.AddTrie(3, key => PeerPorts.Any(r => r.Contains(key)) ? PeerColumn : PartnerPorts.Contains(key) ? PartnerColumn : 0u));
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var name = direction == Direction.Ingress ? "ingress" : "egress";
            var peer = pages.AddTrie(1, column => Word(direction, column == PeerColumn));
            var partner = pages.AddTrie(1, column => Word(direction, column == PartnerColumn));
            var nobody = pages.AddTrie(1, _ => Word(direction, false));
            pages.Name(name + " identities", pages.AddTrie(2, i => i == PeerIdentity ? peer : i == PartnerIdentity ? partner : nobody));
            pages.Name(name + " nobody", pages.AddTrie(2, _ => nobody));
        }

        return pages;
    }

    private static uint Word(Direction direction, bool allow) => (allow ? Allow(direction) : Deny(direction)).Value;

    private static PortKeyRange Single(IpProtocol protocol, int port) => new(PortKey.Of(protocol, port), PortKey.Of(protocol, port));
}
