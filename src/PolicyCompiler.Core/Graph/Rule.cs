using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>One rule, normalised: a flow matches when any peer and any port match.</summary>
/// <param name="Id">Its number.</param>
/// <param name="PolicyIndex">Index of its policy in <see cref="RuleGraph.Policies"/>.</param>
/// <param name="Direction">Direction it is for.</param>
/// <param name="Index">Index in the policy's list for that direction, as written.</param>
/// <param name="Action">What it says.</param>
/// <param name="Peers">Empty: nobody.</param>
/// <param name="Ports">Empty: nothing.</param>
/// <param name="Span">The list item.</param>
public sealed record Rule(
    RuleId Id,
    int PolicyIndex,
    Direction Direction,
    int Index,
    RuleAction Action,
    ImmutableArray<Peer> Peers,
    ImmutableArray<PortMatch> Ports,
    SourceSpan Span)
{
    /// <summary>Its place in the policy, as in <c>ingress[0]</c>.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Direction.Word()}[{Index}]");
}
