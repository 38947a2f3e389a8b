using System.Collections.Immutable;

namespace PolicyCompiler.Core.Diff;

/// <summary>What one side of a flow decides for every port key, given the identity of the other end.</summary>
/// <param name="segments">In order, without gaps, up to the last port key: each with its effect and the decision that says so, -1 for none.</param>
/// <param name="key">Equal for rows of either side whose effects are the same everywhere.</param>
internal sealed class SideRow(ImmutableArray<(int Last, SideEffect Effect, int Decision)> segments, int key)
{
    public ImmutableArray<(int Last, SideEffect Effect, int Decision)> Segments { get; } = segments;

    public int Key { get; } = key;
}
