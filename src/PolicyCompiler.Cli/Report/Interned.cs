namespace PolicyCompiler.Cli.Report;

/// <summary>Numbers things in the order in which they are first met, so that the page has each of them once.</summary>
internal sealed class Interned<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _indexes = [];
    private readonly List<T> _items = [];

    public int Count => _items.Count;

    /// <summary>In order of their numbers.</summary>
    public IReadOnlyList<T> Items => _items;

    public T this[int index] => _items[index];

    public int IndexOf(T item)
    {
        if (!_indexes.TryGetValue(item, out var index))
        {
            _indexes.Add(item, index = _items.Count);
            _items.Add(item);
        }

        return index;
    }
}
