using System.Collections;

namespace PolicyCompiler.Core.Model;

/// <summary>Labels of one object, in ordinal order of their keys. Equal when the labels are.</summary>
public sealed class LabelSet : IReadOnlyList<KeyValuePair<string, string>>, IEquatable<LabelSet>
{
    private readonly KeyValuePair<string, string>[] _labels;
    private readonly int _hash;

    public LabelSet(IEnumerable<KeyValuePair<string, string>> labels)
    {
        _labels = [.. labels.OrderBy(l => l.Key, StringComparer.Ordinal)];
        var hash = new HashCode();
        foreach (var (key, value) in _labels)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        _hash = hash.ToHashCode();
    }

    public static LabelSet Empty { get; } = new([]);

    public int Count => _labels.Length;

    public KeyValuePair<string, string> this[int index] => _labels[index];

    /// <summary>The value of <paramref name="key"/>, or null when the object has no such label.</summary>
    public string? Find(string key)
    {
        // Objects have a handful of labels: a scan beats a search.
        foreach (var label in _labels)
        {
            if (string.Equals(label.Key, key, StringComparison.Ordinal))
            {
                return label.Value;
            }
        }

        return null;
    }

    /// <summary>The same labels and one more; an existing label of that key is kept.</summary>
    public LabelSet WithDefault(string key, string value) =>
        Find(key) is not null ? this : new LabelSet(_labels.Append(KeyValuePair.Create(key, value)));

    public bool Equals(LabelSet? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _labels.AsSpan().SequenceEqual(other._labels));

    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    public override int GetHashCode() => _hash;

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_labels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _labels.GetEnumerator();

    public override string ToString() => string.Join(',', _labels.Select(l => $"{l.Key}={l.Value}"));
}
