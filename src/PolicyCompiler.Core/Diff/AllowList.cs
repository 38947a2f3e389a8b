using System.Collections.Immutable;

namespace PolicyCompiler.Core.Diff;

/// <summary>Which differences are tolerated.</summary>
/// <param name="Entries">In order of the file.</param>
public sealed record AllowList(ImmutableArray<AllowListEntry> Entries)
{
    public static AllowList Empty { get; } = new([]);

    public ImmutableArray<ToleratedDifference> Apply(DiffReport report) => [.. report.Differences.Select(Apply)];

    private ToleratedDifference Apply(Difference difference)
    {
        var used = ImmutableArray.CreateBuilder<AllowListEntry>();
        ImmutableArray<FlowBox> left = [new FlowBox(difference.Sources, difference.Destinations, difference.Ports)];
        foreach (var entry in Entries)
        {
            var taken = left.Select(box => entry.Take(difference.Kind, box)).ToList();
            if (taken.Exists(t => t.Used))
            {
                used.Add(entry);
                left = [.. taken.SelectMany(t => t.Left)];
            }
        }

        return new ToleratedDifference(difference, used.ToImmutable(), left);
    }
}
