using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>
/// Selectors over labels with sources, as selectors over pods and the entities they select. Labels that Cilium gives every
/// pod stand for its namespace and its namespace's labels (cilium: pkg/k8s/apis/cilium.io/utils, getEndpointSelector).
/// </summary>
internal static class CiliumSelectorLowering
{
    public const string NamespaceKey = "io.kubernetes.pod.namespace";

    public const string NamespaceLabelPrefix = "io.cilium.k8s.namespace.labels.";

    private static readonly Entity[] Unlabelled = [.. Entities.Reserved, Entity.WorldIPv4, Entity.WorldIPv6];

    /// <summary>The pods that are the subject; null when the selector can select no pod.</summary>
    /// <param name="selector">The endpointSelector.</param>
    /// <param name="ns">Namespace of the policy, which overrides one that is written; empty for a cluster-wide policy.</param>
    public static EndpointSelector? Subject(CiliumSelector selector, string ns) => ns.Length == 0
        ? Pods(selector.Requirements, selector.Span)
        : Pods([.. selector.Requirements.Where(r => !IsNamespaceMatch(r)), InNamespace(ns, selector)], selector.Span);

    /// <summary>A namespace in the selector of a subject that is not the policy's.</summary>
    public static CiliumRequirement? ForeignNamespace(CiliumSelector selector, string ns)
    {
        foreach (var item in selector.Requirements.Where(r => IsNamespaceMatch(r) && !r.Requirement.Values.SequenceEqual([ns])))
        {
            return item;
        }

        return null;
    }

    /// <summary>Pods and entities that the selector of a peer selects.</summary>
    public static IEnumerable<Peer> Peers(CiliumSelector selector, CiliumSelectorScope scope)
    {
        var requirements = Scoped(selector, scope);
        if (Pods(requirements, selector.Span) is { } pods)
        {
            yield return new Peer.Endpoints(pods);
        }

        // Endpoint selectors are for endpoints (Cilium's documentation); entities have to be named, so that a NotIn does not
        // reach out of the cluster. See docs/decisions/0008.
        var namesEntities = requirements.Any(r => r is { Source: "reserved", Requirement.Operator: SelectorOperator.In or SelectorOperator.Exists });
        foreach (var entity in Unlabelled.Where(e => namesEntities && requirements.All(r => Matches(r, e))))
        {
            yield return new Peer.Reserved(entity, selector.Span);
        }
    }

    /// <summary>
    /// Without a namespace of its own, a peer is looked for in the policy's namespace; that of a cluster-wide policy must
    /// have one, so that an empty selector does not mean everyone.
    /// </summary>
    private static ImmutableArray<CiliumRequirement> Scoped(CiliumSelector selector, CiliumSelectorScope scope)
    {
        var keys = selector.Requirements.Where(IsPodLabel).Select(r => r.Requirement.Key).ToList();
        if (selector.Requirements.Any(r => r.Source == "reserved") || keys.Contains(NamespaceKey))
        {
            return selector.Requirements;
        }

        if (scope.Namespace.Length == 0)
        {
            return scope.MatchesInit ? selector.Requirements : selector.Requirements.Add(
                new CiliumRequirement("k8s", new LabelRequirement(NamespaceKey, SelectorOperator.Exists, [], selector.Span)));
        }

        return keys.Exists(k => k.StartsWith(NamespaceLabelPrefix, StringComparison.Ordinal))
            ? selector.Requirements
            : selector.Requirements.Add(InNamespace(scope.Namespace, selector));
    }

    private static CiliumRequirement InNamespace(string ns, CiliumSelector selector) =>
        new("k8s", new LabelRequirement(NamespaceKey, SelectorOperator.In, [ns], selector.Span));

    private static EndpointSelector? Pods(ImmutableArray<CiliumRequirement> requirements, SourceSpan span)
    {
        var namespaces = new List<LabelRequirement>();
        var pods = new List<LabelRequirement>();
        foreach (var item in requirements)
        {
            var requirement = item.Requirement;
            if (!IsPodLabel(item))
            {
                // Pods have no label of another source.
                if (requirement.Operator is SelectorOperator.In or SelectorOperator.Exists)
                {
                    return null;
                }
            }
            else if (requirement.Key == NamespaceKey)
            {
                namespaces.Add(requirement with { Key = Namespace.NameLabel });
            }
            else if (requirement.Key.StartsWith(NamespaceLabelPrefix, StringComparison.Ordinal))
            {
                namespaces.Add(requirement with { Key = requirement.Key[NamespaceLabelPrefix.Length..] });
            }
            else
            {
                pods.Add(requirement);
            }
        }

        var labels = new LabelSelector([.. pods], span);
        // Every namespace has its name as a label, so that 'exists' says nothing.
        namespaces.RemoveAll(r => r.Key == Namespace.NameLabel && r.Operator == SelectorOperator.Exists);
        return namespaces is [{ Key: Namespace.NameLabel, Operator: SelectorOperator.In, Values: [var only] }]
            ? new EndpointSelector(only, null, labels, span)
            : new EndpointSelector(null, new LabelSelector([.. namespaces], span), labels, span);
    }

    /// <summary>Whether a label of that source can be a pod's.</summary>
    private static bool IsPodLabel(CiliumRequirement requirement) => requirement.Source is "any" or "k8s";

    private static bool IsNamespaceMatch(CiliumRequirement r) =>
        r is { Source: "k8s", Requirement: { Key: NamespaceKey, Operator: SelectorOperator.In, Values.Length: 1 } };

    /// <summary>An entity has one label, its name in the source <c>reserved</c> without a value.</summary>
    private static bool Matches(CiliumRequirement item, Entity entity)
    {
        var has = item.Source is "reserved" or "any" && (item.Requirement.Key == entity.Name()
            || (item.Requirement.Key == Entity.World.Name() && entity is Entity.WorldIPv4 or Entity.WorldIPv6));
        var requirement = item.Requirement;
        return requirement.Operator switch
        {
            SelectorOperator.In => has && requirement.Values.Contains(""),
            SelectorOperator.NotIn => !has || !requirement.Values.Contains(""),
            SelectorOperator.Exists => has,
            _ => !has,
        };
    }
}
