using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>Rules before they have their numbers.</summary>
internal static class Draft
{
    public static Rule Rule(
        Direction direction, string place, RuleAction action, ImmutableArray<Peer> peers, ImmutableArray<PortMatch> ports, SourceSpan span) => new()
        {
            Id = default,
            PolicyIndex = 0,
            Direction = direction,
            Place = place,
            Action = action,
            Peers = peers,
            Ports = ports,
            Span = span,
        };

    public static string Place(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
