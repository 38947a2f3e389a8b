using CsCheck;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Random policies of the three cluster-scoped kinds, no two of a tier with one priority.</summary>
internal static class AdminGenerators
{
    private static readonly Gen<AdminPods> Pods = Gen.Select(Generators.Selector, Generators.Selector, (namespaces, pods) =>
        new AdminPods(namespaces, pods, SourceSpan.None));

    private static readonly Gen<AdminPeer> PodsPeer = Pods.Select(p => (AdminPeer)new AdminPeer.Pods(p, SourceSpan.None));

    private static readonly Gen<AdminPeer> AddressPeer = Gen.Frequency(
        (2, Generators.Prefix.Array[1, 2].Select(p => (AdminPeer)new AdminPeer.Networks([.. p], SourceSpan.None))),
        (2, Generators.Selector.Select(s => (AdminPeer)new AdminPeer.Nodes(s, SourceSpan.None))));

    private static readonly Gen<AdminPort> NumberedPort = Gen.Select(
        Gen.OneOf(IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp), Gen.OneOf(Generators.Ports), Gen.OneOf(0, 0, 1, 300), (protocol, first, length) =>
            new AdminPort(protocol, first, (ushort)Math.Min(ushort.MaxValue, first + length), null, SourceSpan.None));

    private static readonly Gen<AdminPort> Port = Gen.Frequency(
        (3, NumberedPort),
        (1, Gen.OneOf(Generators.PortNames).Select(name => new AdminPort(null, 0, 0, name, SourceSpan.None))));

    private static readonly Gen<RuleAction> Action = Gen.OneOf(RuleAction.Allow, RuleAction.Deny, RuleAction.Pass);

    private static readonly Gen<AdminRule> PodRule = Gen.Select(Action, PodsPeer.Array[1, 2], Port.Array[0, 2], (action, peers, ports) =>
        new AdminRule(null, action, [.. peers], [.. ports], SourceSpan.None));

    private static readonly Gen<AdminRule> EgressRule = Gen.Frequency(
        (3, PodRule),
        (3, Gen.Select(Action, AddressPeer.Array[1, 2], PodsPeer.Array[0, 1], NumberedPort.Array[0, 2], (action, peers, pods, ports) =>
            new AdminRule(null, action, [.. peers, .. pods], [.. ports], SourceSpan.None))),
        (1, Gen.Select(Gen.OneOf(CiliumGenerators.DnsNames), NumberedPort.Array[0, 1], (name, ports) => new AdminRule(
            null, RuleAction.Allow, [new AdminPeer.DomainNames([new NamePattern(name, false, SourceSpan.None)], SourceSpan.None)], [.. ports], SourceSpan.None))));

    private static readonly Gen<(string Kind, Tier Tier)> Kind = Gen.OneOf(
        (AdminPolicy.AdminKind, Tier.Admin), (AdminPolicy.ClusterKind, Tier.Admin), (AdminPolicy.ClusterKind, Tier.Baseline), (AdminPolicy.BaselineKind, Tier.Baseline));

    private static readonly Gen<AdminPolicy> Draft = Gen.Select(
        Kind, Gen.Int[0, 100], Pods, PodRule.Array[0, 2], EgressRule.Array[0, 2], (kind, priority, subject, ingress, egress) => new AdminPolicy(
            kind.Kind, "", kind.Tier, priority, SourceSpan.None, subject, [.. ingress], [.. egress], SourceSpan.None));

    /// <summary>At most one baseline policy without priority, as the API has it; its rules never pass.</summary>
    public static Gen<AdminPolicy[]> Policies { get; } = Draft.Array[0, 3].Select(drafts => drafts
        .Where((d, i) => d.Kind != AdminPolicy.BaselineKind || !drafts.Take(i).Any(e => e.Kind == AdminPolicy.BaselineKind))
        .Select((d, i) => d.Kind == AdminPolicy.BaselineKind
            ? d with { Name = "default", Priority = 0, Ingress = [.. d.Ingress.Where(NotPass)], Egress = [.. d.Egress.Where(NotPass)] }
            : d with { Name = $"a{i}", Priority = (d.Priority * 4) + i }).ToArray());

    private static bool NotPass(AdminRule rule) => rule.Action != RuleAction.Pass;
}
