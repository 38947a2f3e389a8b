using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// The units of every policy, and what deleting an item does to the default deny: where the lists decide it, the last item
/// takes it along (docs/semantics.md).
/// </summary>
public static class RemovableUnitBuilder
{
    /// <returns>For each policy of the graph in order: the policy, then its items.</returns>
    public static ImmutableArray<RemovableUnit> Build(PolicySet policies, RuleGraph graph)
    {
        // Nodes of one object are in the order of its specs.
        var nodes = graph.Policies.ToLookup(p => (p.Kind, p.Namespace, p.Name));
        var written = policies.Policies.SelectMany(p => nodes[(p.Kind, p.Namespace, p.Name)].Select((node, index) => (Node: node, Object: p, Spec: index)));
        return [.. written.OrderBy(w => w.Node.Index).SelectMany(w => Items(w.Node, w.Object, w.Spec).Prepend(Whole(w.Node)))];
    }

    private static RemovableUnit Whole(PolicyNode node) => new()
    {
        Policy = node,
        Place = null,
        Rules = node.Rules,
        HoldsIngressIsolation = node.IsolatesIngress,
        HoldsEgressIsolation = node.IsolatesEgress,
        Span = node.Span,
    };

    private static IEnumerable<RemovableUnit> Items(PolicyNode node, PolicyObject written, int spec) => written switch
    {
        NetworkPolicy policy =>
        [
            .. node.IsolatesIngress ? Items(node, "ingress", policy.Ingress.Select(r => r.Span), Direction.Ingress, false) : [],
            .. node.IsolatesEgress
                ? Items(node, "egress", policy.Egress.Select(r => r.Span), Direction.Egress, policy.PolicyTypes.IsEmpty)
                : [],
        ],
        AdminPolicy policy =>
        [
            .. Items(node, "ingress", policy.Ingress.Select(r => r.Span), Direction.Ingress, false),
            .. Items(node, "egress", policy.Egress.Select(r => r.Span), Direction.Egress, false),
        ],
        CiliumPolicy policy => Items(node, policy.Rules[spec]),
        _ => throw new InvalidOperationException($"policy kind {written.Kind}"),
    };

    private static IEnumerable<RemovableUnit> Items(PolicyNode node, CiliumRule rule)
    {
        var prefix = rule.SpecsIndex is { } index ? $"specs[{index}]." : "";
        return
        [
            .. Items(node, $"{prefix}ingressDeny", rule.IngressDeny.Select(r => r.Span), Direction.Ingress, node.IsolatesIngress),
            .. Items(node, $"{prefix}ingress", rule.Ingress.Select(r => r.Span), Direction.Ingress, node.IsolatesIngress),
            .. Items(node, $"{prefix}egressDeny", rule.EgressDeny.Select(r => r.Span), Direction.Egress, node.IsolatesEgress),
            .. Items(node, $"{prefix}egress", rule.Egress.Select(r => r.Span), Direction.Egress, node.IsolatesEgress),
        ];
    }

    private static IEnumerable<RemovableUnit> Items(PolicyNode node, string list, IEnumerable<SourceSpan> spans, Direction direction, bool holdsIsolation) =>
        spans.Select((span, i) => new RemovableUnit
        {
            Policy = node,
            Place = $"{list}[{i}]",
            Rules = [.. node.Rules.Where(r => IsPartOf(r.Place, $"{list}[{i}]"))],
            HoldsIngressIsolation = holdsIsolation && direction == Direction.Ingress,
            HoldsEgressIsolation = holdsIsolation && direction == Direction.Egress,
            Span = span,
        });

    /// <summary>An item is several rules where proxies serve some of its ports; rules of the SIG's kinds have their name behind.</summary>
    private static bool IsPartOf(string place, string item) =>
        place.StartsWith(item, StringComparison.Ordinal) && (place.Length == item.Length || place[item.Length] is '.' or ' ');
}
