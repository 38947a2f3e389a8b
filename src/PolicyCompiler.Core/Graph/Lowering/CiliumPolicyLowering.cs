using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>
/// Source: Cilium's policy documentation and the conversion of rules to policy entries (cilium: pkg/policy). Each spec of
/// an object is a policy of its own.
/// </summary>
internal sealed class CiliumPolicyLowering(ClusterView cluster, List<Diagnostic> diagnostics)
{
    private readonly CiliumPeerLowering _peers = new(cluster, diagnostics);

    public IEnumerable<PolicyNode> Lower(CiliumPolicy policy) => policy.Rules.Select(rule => Lower(policy, rule));

    private PolicyNode Lower(CiliumPolicy policy, CiliumRule rule)
    {
        var ingress = Isolates(rule.DefaultDenyIngress, rule.Ingress, rule.IngressDeny, "ingress", rule);
        var egress = Isolates(rule.DefaultDenyEgress, rule.Egress, rule.EgressDeny, "egress", rule);
        var prefix = rule.SpecsIndex is { } index ? Draft.Place("specs", index) + "." : "";
        var scope = new CiliumSelectorScope(policy.Namespace, MatchesInit: HasKey(rule.EndpointSelector, "reserved", "init"));
        return new PolicyNode
        {
            Index = 0,
            Kind = policy.Kind,
            Namespace = policy.Namespace,
            Name = policy.Name,
            Tier = Tier.Normal,
            Subject = Subject(policy, rule),
            IsolatesIngress = ingress,
            IsolatesEgress = egress,
            Rules =
            [
                .. Rules(Direction.Ingress, RuleAction.Deny, $"{prefix}ingressDeny", rule.IngressDeny),
                .. Rules(Direction.Ingress, RuleAction.Allow, $"{prefix}ingress", rule.Ingress),
                .. Rules(Direction.Egress, RuleAction.Deny, $"{prefix}egressDeny", rule.EgressDeny),
                .. Rules(Direction.Egress, RuleAction.Allow, $"{prefix}egress", rule.Egress),
            ],
            Span = rule.SpecsIndex is null ? policy.Span : rule.Span,
        };

        IEnumerable<Rule> Rules(Direction direction, RuleAction action, string list, ImmutableArray<CiliumRuleItem> items) =>
            items.SelectMany((item, i) => Lower(direction, action, Draft.Place(list, i), item, scope, direction == Direction.Ingress ? ingress : egress))
                .Select(r => rule.LogValue is null ? r : r with { LogValue = rule.LogValue });
    }

    private bool Isolates(bool? stated, ImmutableArray<CiliumRuleItem> allow, ImmutableArray<CiliumRuleItem> deny, string direction, CiliumRule rule)
    {
        var has = !allow.IsEmpty || !deny.IsEmpty;
        if (stated == true && !has)
        {
            // Only items carry the flag (cilium: pkg/policy/utils), so there is nothing that could switch it on.
            diagnostics.Add(GraphDiagnostics.DefaultDenyWithoutRules.At(rule.Span, direction));
        }

        return has && (stated ?? true);
    }

    private PolicySubject Subject(CiliumPolicy policy, CiliumRule rule)
    {
        if (rule.NodeSelector is { } nodes)
        {
            return new PolicySubject.Nodes(nodes);
        }

        var selector = rule.EndpointSelector!;
        if (!policy.IsClusterwide && CiliumSelectorLowering.ForeignNamespace(selector, policy.Namespace) is { } foreign)
        {
            diagnostics.Add(GraphDiagnostics.SubjectNamespaceOverridden.At(foreign.Requirement.Span, foreign, policy.Namespace));
        }

        return CiliumSelectorLowering.Subject(selector, policy.Namespace) is { } pods
            ? new PolicySubject.Pods(pods)
            : new PolicySubject.Unstated($"endpoints {selector}", selector.Span);
    }

    private IEnumerable<Rule> Lower(
        Direction direction, RuleAction action, string place, CiliumRuleItem item, CiliumSelectorScope scope, bool isolates)
    {
        var peers = _peers.Lower(item, scope);
        if (peers.IsEmpty)
        {
            yield break;
        }

        var draft = Draft.Rule(direction, place, action, peers, [], item.Span) with
        {
            NeedsAuthentication = item.Authentication is AuthenticationMode.Required,
            FailsAuthentication = item.Authentication is AuthenticationMode.TestAlwaysFail,
        };
        var plain = CiliumPortLowering.Plain(item);
        if (!plain.IsEmpty)
        {
            yield return draft with { Ports = plain };
        }

        for (var i = 0; i < item.ToPorts.Length; i++)
        {
            if (item.ToPorts[i].Proxy is { } proxy && CiliumPortLowering.OfProxied(item.ToPorts[i]) is { IsEmpty: false } ports)
            {
                yield return draft with
                {
                    Place = $"{place}.{Draft.Place("toPorts", i)}",
                    Ports = ports,
                    Proxy = draft.FailsAuthentication ? null : proxy,
                    OnlyObserves = !isolates && !draft.FailsAuthentication,
                    Span = item.ToPorts[i].Span,
                };
            }
        }
    }

    private static bool HasKey(CiliumSelector? selector, string source, string key) =>
        selector is not null && selector.Requirements.Any(r => r.Source == source && r.Requirement.Key == key);
}
