using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Core.Graph;

/// <summary>One rule, normalised: a flow matches when any peer and any port match.</summary>
public sealed record Rule
{
    /// <summary>Its number.</summary>
    public required RuleId Id { get; init; }

    /// <summary>Index of its policy in <see cref="RuleGraph.Policies"/>.</summary>
    public required int PolicyIndex { get; init; }

    /// <summary>Direction it is for.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Its place in the object, as in <c>ingress[0]</c> or <c>specs[1].egress[0].toPorts[2]</c>.</summary>
    public required string Place { get; init; }

    /// <summary>What it says.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>Never empty.</summary>
    public required ImmutableArray<Peer> Peers { get; init; }

    /// <summary>Never empty.</summary>
    public required ImmutableArray<PortMatch> Ports { get; init; }

    /// <summary>What a proxy must do with what it allows; null: nothing.</summary>
    public ProxyRule? Proxy { get; init; }

    /// <summary>
    /// True for a proxied rule of a policy that does not isolate: it makes requests visible and must not deny any
    /// (Cilium: enableDefaultDeny).
    /// </summary>
    public bool OnlyObserves { get; init; }

    /// <summary>Both ends must be authenticated before what it allows may pass.</summary>
    public bool NeedsAuthentication { get; init; }

    /// <summary>
    /// It allows only what is authenticated in a way that never succeeds (Cilium: test-always-fail), so what it matches never
    /// passes. Such a rule asks for no proxy and no other authentication.
    /// </summary>
    public bool FailsAuthentication { get; init; }

    /// <summary>Text that flow logs show beside the decision; null: none.</summary>
    public string? LogValue { get; init; }

    /// <summary>The list item.</summary>
    public required SourceSpan Span { get; init; }
}
