namespace PolicyCompiler.Core.Diff;

/// <summary>Numbers for what others know an end by on both sides.</summary>
internal sealed class IdentityPairs
{
    private readonly Dictionary<(int Old, int New), int> _numbers = [];
    private readonly List<(int Old, int New)> _pairs = [];

    public int Count => _pairs.Count;

    public (int Old, int New) this[int number] => _pairs[number];

    public int Of(int old, int @new)
    {
        if (!_numbers.TryGetValue((old, @new), out var number))
        {
            _numbers.Add((old, @new), number = _pairs.Count);
            _pairs.Add((old, @new));
        }

        return number;
    }
}
