using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Assertions;

/// <summary>What an assertion expects to decide.</summary>
public abstract record ExpectedReason(SourceSpan Span)
{
    /// <summary>A policy, or one rule of it.</summary>
    /// <param name="Kind">The Kubernetes kind; null: of any kind.</param>
    /// <param name="Reference"><c>namespace/name</c>, or the name alone of a cluster-scoped policy.</param>
    /// <param name="Place">Such as <c>ingress[0]</c>; null: any rule, and its isolation too.</param>
    /// <param name="Written">Where it is written.</param>
    public sealed record Policy(string? Kind, string Reference, string? Place, SourceSpan Written) : ExpectedReason(Written)
    {
        public override string ToString() => string.Join(' ', new[] { Kind, Reference, Place }.Where(p => p is not null));
    }

    /// <summary>No rule: <c>default-deny</c>, <c>not-isolated</c>, <c>node-local</c>, <c>loopback</c> or <c>not-enforced</c>.</summary>
    public sealed record Without(DecisionReason Reason, SourceSpan Written) : ExpectedReason(Written)
    {
        public override string ToString() => ReasonWords.Of(Reason)!;
    }
}
