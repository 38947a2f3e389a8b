using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Assertions;

/// <summary>What an end of an assertion stands for, as written; the cluster says who is in it.</summary>
/// <param name="Span">Where it is used; the parts of a variable's set are where they are written.</param>
public abstract record FlowSet(SourceSpan Span)
{
    /// <summary>Pods by labels.</summary>
    /// <param name="Namespace">The only namespace; null: of all, or of those that <paramref name="Namespaces"/> selects.</param>
    /// <param name="Namespaces">Selector over namespace labels; null: not given.</param>
    /// <param name="Labels">Selector over pod labels.</param>
    /// <param name="Written">Where it is written.</param>
    public sealed record Pods(string? Namespace, LabelSelector? Namespaces, LabelSelector Labels, SourceSpan Written) : FlowSet(Written);

    /// <summary>The pods of a workload of any kind.</summary>
    public sealed record Workload(string Namespace, string Name, SourceSpan Written) : FlowSet(Written);

    public sealed record Pod(string Namespace, string Name, SourceSpan Written) : FlowSet(Written);

    /// <summary>What a service sends connections to.</summary>
    public sealed record Service(string Namespace, string Name, SourceSpan Written) : FlowSet(Written);

    /// <summary>The addresses of a node.</summary>
    public sealed record Node(string Name, SourceSpan Written) : FlowSet(Written);

    /// <summary>The addresses of the nodes that have the labels.</summary>
    public sealed record Nodes(LabelSelector Labels, SourceSpan Written) : FlowSet(Written);

    /// <summary>The addresses of a block that are neither a pod's nor a node's.</summary>
    public sealed record Cidr(IpPrefix Block, SourceSpan Written) : FlowSet(Written);

    /// <summary>Whoever has the address.</summary>
    public sealed record Address(IpAddress Value, SourceSpan Written) : FlowSet(Written);

    /// <summary>The addresses of a DNS name, known or not.</summary>
    public sealed record DnsName(string Name, SourceSpan Written) : FlowSet(Written);

    /// <summary>An entity of Cilium's.</summary>
    public sealed record Reserved(Entity Entity, SourceSpan Written) : FlowSet(Written);

    /// <summary>Everything, but for what always gets through: an endpoint itself, and its own node.</summary>
    public sealed record Anything(SourceSpan Written) : FlowSet(Written);

    public sealed record Nothing(SourceSpan Written) : FlowSet(Written);

    /// <summary>All of these.</summary>
    public sealed record Union(ImmutableArray<FlowSet> Sets, SourceSpan Written) : FlowSet(Written);

    /// <summary>One without the other.</summary>
    public sealed record Except(FlowSet Set, FlowSet Without, SourceSpan Written) : FlowSet(Written);

    /// <summary>A set that may be empty in some cluster without making the assertion meaningless.</summary>
    public sealed record Optional(FlowSet Set, SourceSpan Written) : FlowSet(Written);
}
