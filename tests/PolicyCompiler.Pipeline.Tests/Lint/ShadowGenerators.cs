using CsCheck;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>
/// Random policies of all kinds, and some of the cluster-scoped kinds with broad selectors that often contain each other. Some
/// ask for a label value that no pod has.
/// </summary>
internal static class ShadowGenerators
{
    private static readonly Gen<LabelSelector> Selector = Gen.Frequency(
        (2, Gen.Const(LabelSelector.Everything)),
        (3, Gen.OneOf([NewPods.OtherValue, .. Generators.Values]).Array[1, 2].Select(values => Of(SelectorOperator.In, values))),
        (1, Gen.OneOf(Of(SelectorOperator.Exists, []), Of(SelectorOperator.DoesNotExist, []), Of(SelectorOperator.NotIn, ["a"]))));

    private static readonly Gen<LabelSelector> Namespaces = Gen.Frequency((4, Gen.Const(LabelSelector.Everything)), (1, Selector));

    private static readonly Gen<AdminPods> Pods = Gen.Select(Namespaces, Selector, (namespaces, pods) => new AdminPods(namespaces, pods, SourceSpan.None));

    private static readonly Gen<AdminPort[]> Ports = Gen.Frequency<AdminPort[]>(
        (2, Gen.Const(Array.Empty<AdminPort>())),
        (1, Gen.OneOf<ushort>(53, 80).Select(port => new[] { new AdminPort(IpProtocol.Tcp, port, 80, null, SourceSpan.None) })));

    private static readonly Gen<AdminRule> Rule = Gen.Select(Gen.Enum<RuleAction>(), Pods, Ports, (action, pods, ports) =>
        new AdminRule(null, action, [new AdminPeer.Pods(pods, SourceSpan.None)], [.. ports], SourceSpan.None));

    private static readonly Gen<(Tier Tier, AdminPods Subject, AdminRule[] Ingress, AdminRule[] Egress)[]> Policies =
        Gen.Select(Gen.OneOf(Tier.Admin, Tier.Admin, Tier.Baseline), Pods, Rule.Array[0, 3], Rule.Array[0, 2], (tier, subject, ingress, egress) => (tier, subject, ingress, egress)).Array[1, 3];

    private static readonly Gen<NetworkPolicyRule> NetworkRule = Selector.Select(pods => new NetworkPolicyRule(
        [new NetworkPolicyPeer(pods, LabelSelector.Everything, null, SourceSpan.None)], [], SourceSpan.None));

    private static readonly Gen<NetworkPolicy[]> NetworkPolicies = Gen.Select(Selector, NetworkRule.Array[0, 3], NetworkRule.Array[0, 2], (subject, ingress, egress) => new NetworkPolicy(
        Generators.Names[0], "", subject, [NetworkPolicyType.Ingress, NetworkPolicyType.Egress], [.. ingress], [.. egress], SourceSpan.None)).Array[0, 2];

    public static Gen<CompilerInput> Input { get; } = Gen.Select(MixedGenerators.Input, Policies, NetworkPolicies, (input, policies, network) => input with
    {
        Policies = new PolicySet(
        [
            .. input.Policies.Policies.Concat(network.Select((p, i) => p with { Name = $"s{i}" }))
                // Between those of the other generator, whose numbers are up to 403, and behind them.
                .Concat(policies.Select((p, i) => new AdminPolicy(
                    AdminPolicy.ClusterKind, $"s{i}", p.Tier, 500 + i, SourceSpan.None, p.Subject, [.. p.Ingress], [.. p.Egress], SourceSpan.None)))
                .OrderBy(p => p.Kind, StringComparer.Ordinal).ThenBy(p => p.Namespace, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal),
        ]),
    });

    private static LabelSelector Of(SelectorOperator op, string[] values) =>
        new([new LabelRequirement(Generators.Keys[0], op, [.. values.Distinct()], SourceSpan.None)], SourceSpan.None);
}
