using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Diff;

/// <summary>A rule, or a policy as a whole.</summary>
/// <param name="PolicyKind">The Kubernetes kind.</param>
/// <param name="Policy">The policy, as <c>namespace/name</c>.</param>
/// <param name="Place">The rule in it, such as <c>ingress[0]</c>; null: the policy as such.</param>
/// <param name="Span">Where it is written.</param>
public sealed record RuleReference(string PolicyKind, string Policy, string? Place, SourceSpan Span)
{
    public override string ToString() => Place is null ? $"{PolicyKind} {Policy}" : $"{PolicyKind} {Policy} {Place}";
}
