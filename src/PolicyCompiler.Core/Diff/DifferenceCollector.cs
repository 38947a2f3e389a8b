using System.Collections.Immutable;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>Gathers equal changes of many pairs of classes, so that each is told once.</summary>
internal sealed class DifferenceCollector
{
    private readonly Dictionary<(FlowChange Change, int Destination), List<int>> _sources = [];
    private readonly List<EndClass> _classes;

    /// <param name="classes">All classes; parts of them are added here.</param>
    public DifferenceCollector(IEnumerable<EndClass> classes) => _classes = [.. classes];

    /// <summary>A class of some members of another.</summary>
    public EndClass Part(EndClass whole, IReadOnlyList<EndMember> members)
    {
        var part = new EndClass(_classes.Count, whole.Key, members);
        _classes.Add(part);
        return part;
    }

    public void Add(ImmutableArray<FlowChange> changes, EndClass source, EndClass destination)
    {
        foreach (var change in changes)
        {
            if (!_sources.TryGetValue((change, destination.Index), out var sources))
            {
                _sources.Add((change, destination.Index), sources = []);
            }

            sources.Add(source.Index);
        }
    }

    /// <summary>Each change with the largest sets of classes that it holds between, each with each.</summary>
    public IEnumerable<(FlowChange Change, ImmutableArray<EndClass> Sources, ImmutableArray<EndClass> Destinations)> All()
    {
        foreach (var change in _sources.GroupBy(s => s.Key.Change))
        {
            var bySources = new Dictionary<int[], List<int>>(SequenceComparer.Instance);
            foreach (var (key, list) in change)
            {
                int[] sources = [.. list.Order()];
                if (!bySources.TryGetValue(sources, out var destinations))
                {
                    bySources.Add(sources, destinations = []);
                }

                destinations.Add(key.Destination);
            }

            foreach (var (sources, destinations) in bySources)
            {
                yield return (change.Key, [.. sources.Select(s => _classes[s])], [.. destinations.Order().Select(d => _classes[d])]);
            }
        }
    }
}
