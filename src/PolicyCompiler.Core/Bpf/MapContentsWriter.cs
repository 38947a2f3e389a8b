using System.Globalization;
using System.Text;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Map contents as text: bytes in map order, one entry a line.</summary>
public static class MapContentsWriter
{
    public static string Write(IEnumerable<MapContents> maps)
    {
        var text = new StringBuilder();
        foreach (var map in maps)
        {
            text.Append(CultureInfo.InvariantCulture, $"# {map.Name}: key {map.KeySize}, value {map.ValueSize}, {map.Count} of {map.MaxEntries} entries\n");
            for (var i = 0; i < map.Count; i++)
            {
                var key = map.Keys.IsEmpty
                    ? i.ToString(CultureInfo.InvariantCulture)
                    : Convert.ToHexStringLower(map.Keys.AsSpan().Slice(i * map.KeySize, map.KeySize));
                text.Append(CultureInfo.InvariantCulture, $"{key}: {Value(map.Values.AsSpan().Slice(i * map.ValueSize, map.ValueSize))}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Words in memory order; runs of equal words as <c>word*count</c>.</summary>
    private static string Value(ReadOnlySpan<byte> value)
    {
        var words = new List<(string Word, int Count)>();
        for (var i = 0; i < value.Length; i += 4)
        {
            var word = Convert.ToHexStringLower(value.Slice(i, 4));
            if (words.Count > 0 && words[^1].Word == word)
            {
                words[^1] = (word, words[^1].Count + 1);
            }
            else
            {
                words.Add((word, 1));
            }
        }

        return string.Join(' ', words.Select(w => w.Count == 1 ? w.Word : string.Create(CultureInfo.InvariantCulture, $"{w.Word}*{w.Count}")));
    }
}
