namespace PolicyCompiler.Core.Tables;

/// <summary>Equality of int arrays by content.</summary>
internal sealed class SequenceComparer : IEqualityComparer<int[]>
{
    public static SequenceComparer Instance { get; } = new();

    public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(int[] sequence)
    {
        var hash = 2166136261u;
        foreach (var item in sequence)
        {
            hash = (hash ^ (uint)item) * 16777619u;
        }

        return (int)hash;
    }
}
