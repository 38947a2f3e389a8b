using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>Whom a policy is for.</summary>
public abstract record PolicySubject(SourceSpan Span)
{
    public sealed record Pods(EndpointSelector Selector) : PolicySubject(Selector.Span)
    {
        public override string ToString() => Selector.ToString();
    }

    /// <summary>The host endpoints of nodes: a host policy.</summary>
    public sealed record Nodes(LabelSelector Selector) : PolicySubject(Selector.Span)
    {
        public override string ToString() => $"nodes {Selector}";
    }

    /// <summary>Endpoints that no input states, such as Cilium's health endpoints.</summary>
    public sealed record Unstated(string What, SourceSpan Written) : PolicySubject(Written)
    {
        public override string ToString() => What;
    }
}
