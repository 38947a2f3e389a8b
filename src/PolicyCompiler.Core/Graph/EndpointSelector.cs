using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>Selects endpoints: by a fixed namespace or by a selector over namespace labels, and by pod labels.</summary>
/// <param name="Namespace">The only namespace; null when <paramref name="NamespaceSelector"/> decides.</param>
/// <param name="NamespaceSelector">Selector over namespace labels; null when <paramref name="Namespace"/> is set.</param>
/// <param name="Pods">Selector over pod labels.</param>
/// <param name="Span">Where it is written; not part of equality.</param>
public sealed record EndpointSelector(string? Namespace, LabelSelector? NamespaceSelector, LabelSelector Pods, SourceSpan Span)
{
    public bool MatchesNamespace(Namespace ns) =>
        NamespaceSelector is null ? string.Equals(ns.Name, Namespace, StringComparison.Ordinal) : NamespaceSelector.Matches(ns.Labels);

    public bool Equals(EndpointSelector? other) => other is not null && Namespace == other.Namespace
        && Equals(NamespaceSelector, other.NamespaceSelector) && Pods.Equals(other.Pods);

    public override int GetHashCode() => HashCode.Combine(Namespace, NamespaceSelector, Pods);

    public override string ToString() => NamespaceSelector is null
        ? $"pods {Pods} in namespace {Namespace}"
        : $"pods {Pods} in namespaces {NamespaceSelector}";
}
