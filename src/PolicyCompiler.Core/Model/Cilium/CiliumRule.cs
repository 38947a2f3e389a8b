using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>A <c>spec</c> or an item of <c>specs</c>: independent of the others of its object.</summary>
public sealed record CiliumRule
{
    /// <summary>Index in <c>specs</c>; null for <c>spec</c>.</summary>
    public required int? SpecsIndex { get; init; }

    /// <summary>Null when <see cref="NodeSelector"/> is set.</summary>
    public required CiliumSelector? EndpointSelector { get; init; }

    /// <summary>Selector over node labels of a host policy; null when <see cref="EndpointSelector"/> is set.</summary>
    public required LabelSelector? NodeSelector { get; init; }

    /// <summary>Absent and empty lists mean the same: the direction is not affected.</summary>
    public ImmutableArray<CiliumRuleItem> Ingress { get; init; } = [];

    public ImmutableArray<CiliumRuleItem> IngressDeny { get; init; } = [];

    public ImmutableArray<CiliumRuleItem> Egress { get; init; } = [];

    public ImmutableArray<CiliumRuleItem> EgressDeny { get; init; } = [];

    /// <summary>enableDefaultDeny.ingress; null: true if there is an ingress or ingressDeny item.</summary>
    public bool? DefaultDenyIngress { get; init; }

    /// <summary>enableDefaultDeny.egress, likewise.</summary>
    public bool? DefaultDenyEgress { get; init; }

    public string? Description { get; init; }

    /// <summary>log.value: text that flow logs show beside the decision.</summary>
    public string? LogValue { get; init; }

    /// <summary>The rule's own labels, as <c>source:key=value</c>; free metadata.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    public required SourceSpan Span { get; init; }
}
