using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>
/// One statement about flows: every member of the source with every member of the destination, on every port and over every
/// address family that both have. An end that says <c>any</c> needs one member only; ends are read from left to right.
/// </summary>
public sealed record Assertion
{
    public required AssertionKind Kind { get; init; }

    public required FlowSet Source { get; init; }

    /// <summary>One member of the source is enough.</summary>
    public bool AnySource { get; init; }

    public required FlowSet Destination { get; init; }

    /// <summary>One member of the destination is enough.</summary>
    public bool AnyDestination { get; init; }

    /// <summary>Port keys; empty: every port of TCP, UDP and SCTP, and of a service every port that it has.</summary>
    public ImmutableArray<PortKeyRange> Ports { get; init; } = [];

    /// <summary>Null: both.</summary>
    public AddressFamily? Family { get; init; }

    /// <summary>What is asked on the connection, for proxies to decide; null: the connection is what matters.</summary>
    public ProxyRequest? Request { get; init; }

    /// <summary>What must have decided; null: anything.</summary>
    public ExpectedReason? Because { get; init; }

    /// <summary>The whole statement, from its first to its last word on the first line.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>As written, on one line and without comments.</summary>
    public required string Text { get; init; }
}
