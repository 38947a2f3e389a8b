using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Tests.Semantics;

/// <summary>Short forms of policies for the subject of a <see cref="Scenario"/>.</summary>
internal static class Policies
{
    public static readonly CiliumRuleItem Item = new() { Span = SourceSpan.None };

    public static readonly CiliumRule Spec = new() { SpecsIndex = null, EndpointSelector = Selector("any:app=subject"), NodeSelector = null, Span = SourceSpan.None };

    /// <summary>A CiliumNetworkPolicy of the namespace <c>ns</c>.</summary>
    public static CiliumPolicy Cilium(params CiliumRule[] rules) => new(CiliumPolicy.NamespacedKind, "ns", "policy", [.. rules], SourceSpan.None);

    public static CiliumPolicy Clusterwide(params CiliumRule[] rules) => new(CiliumPolicy.ClusterwideKind, "", "policy", [.. rules], SourceSpan.None);

    /// <summary>A policy for nodes.</summary>
    public static CiliumPolicy HostPolicy(CiliumRule rule) => Clusterwide(rule with { EndpointSelector = null, NodeSelector = LabelSelector.Everything });

    /// <param name="requirements"><c>source:key</c>, <c>source:key=value</c> or <c>source:!key</c>.</param>
    public static CiliumSelector Selector(params string[] requirements) => new([.. requirements.Select(Requirement)], SourceSpan.None);

    /// <summary>TCP ports; 0 is every port of every protocol.</summary>
    public static CiliumPortRule Ports(params int[] ports) => new(
        [.. ports.Select(p => new CiliumPort(p == 0 ? null : IpProtocol.Tcp, (ushort)p, null, null, SourceSpan.None))], null, SourceSpan.None);

    public static NetworkPolicy NetworkPolicy(NetworkPolicyType type, params NetworkPolicyRule[] rules) => new(
        "ns", "policy", Equal("app", "subject"), [type],
        type == NetworkPolicyType.Ingress ? [.. rules] : [], type == NetworkPolicyType.Egress ? [.. rules] : [], SourceSpan.None);

    /// <summary>A rule for everyone on some TCP port; 0: all traffic.</summary>
    public static NetworkPolicyRule NetworkRule(int port) => new(
        [], port == 0 ? [] : [new NetworkPolicyPort(IpProtocol.Tcp, (ushort)port, null, null, SourceSpan.None)], SourceSpan.None);

    public static AdminPolicy Admin(string kind, Tier tier, int priority, params AdminRule[] egress) => new(
        kind, $"{tier}{priority}", tier, priority, SourceSpan.None, new AdminPods(LabelSelector.Everything, Equal("app", "subject"), SourceSpan.None),
        [], [.. egress], SourceSpan.None);

    /// <summary>A rule for all pods on some TCP port; 0: all traffic.</summary>
    public static AdminRule AdminRule(RuleAction action, int port = 0) => new(
        null, action, [new AdminPeer.Pods(new AdminPods(LabelSelector.Everything, LabelSelector.Everything, SourceSpan.None), SourceSpan.None)],
        port == 0 ? [] : [new AdminPort(IpProtocol.Tcp, (ushort)port, (ushort)port, null, SourceSpan.None)], SourceSpan.None);

    public static LabelSelector Equal(string key, string value) => new([new LabelRequirement(key, SelectorOperator.In, [value], SourceSpan.None)], SourceSpan.None);

    public static ImmutableArray<CiliumEntity> Entities(params Entity[] entities) => [.. entities.Select(e => new CiliumEntity(e, SourceSpan.None))];

    private static CiliumRequirement Requirement(string text)
    {
        var source = text[..text.IndexOf(':', StringComparison.Ordinal)];
        var parts = text[(source.Length + 1)..].Split('=');
        var requirement = parts switch
        {
            [var key, var value] => new LabelRequirement(key, SelectorOperator.In, [value], SourceSpan.None),
            [['!', .. var key]] => new LabelRequirement(key, SelectorOperator.DoesNotExist, [], SourceSpan.None),
            _ => new LabelRequirement(parts[0], SelectorOperator.Exists, [], SourceSpan.None),
        };
        return new CiliumRequirement(source, requirement);
    }
}
