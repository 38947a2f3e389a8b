using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Diff;

/// <summary>Flows whose change is tolerated.</summary>
/// <param name="Kind">Only changes of this kind; null: any.</param>
/// <param name="From">Their sources.</param>
/// <param name="To">Their destinations.</param>
/// <param name="Ports">Their ports.</param>
/// <param name="Reason">Why; never empty.</param>
/// <param name="Span">The line.</param>
public sealed record AllowListEntry(ChangeKind? Kind, EndPattern From, EndPattern To, PortKeySet Ports, string Reason, SourceSpan Span)
{
    internal (bool Used, ImmutableArray<FlowBox> Left) Take(ChangeKind kind, FlowBox flows)
    {
        var (sources, otherSources) = Split(From, flows.Sources);
        var (destinations, otherDestinations) = Split(To, flows.Destinations);
        var ports = flows.Ports.Intersect(Ports);
        if ((Kind ?? kind) != kind || sources.IsEmpty || destinations.IsEmpty || ports.IsEmpty)
        {
            return (false, [flows]);
        }

        FlowBox[] rest =
        [
            flows with { Sources = otherSources },
            new FlowBox(sources, otherDestinations, flows.Ports),
            new FlowBox(sources, destinations, flows.Ports.Except(Ports)),
        ];
        return (true, [.. rest.Where(r => !r.IsEmpty)]);
    }

    private static (ImmutableArray<DiffEnd> Meant, ImmutableArray<DiffEnd> Others) Split(EndPattern pattern, ImmutableArray<DiffEnd> ends)
    {
        var parts = ends.Select(pattern.Split).ToList();
        return ([.. parts.SelectMany(p => p.Meant)], [.. parts.SelectMany(p => p.Others)]);
    }
}
