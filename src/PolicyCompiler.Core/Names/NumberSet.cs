namespace PolicyCompiler.Core.Names;

/// <summary>Ascending numbers as a key: of patterns, or of the trie's nodes.</summary>
internal readonly struct NumberSet(int[] numbers) : IEquatable<NumberSet>, IComparable<NumberSet>
{
    public int[] Numbers { get; } = numbers;

    public NumberSet Union(NumberSet other)
    {
        var union = new List<int>(Numbers.Length + other.Numbers.Length);
        var (i, j) = (0, 0);
        while (i < Numbers.Length || j < other.Numbers.Length)
        {
            var left = i < Numbers.Length ? Numbers[i] : int.MaxValue;
            var right = j < other.Numbers.Length ? other.Numbers[j] : int.MaxValue;
            union.Add(Math.Min(left, right));
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }

        return new NumberSet([.. union]);
    }

    public bool Contains(NumberSet other)
    {
        var i = 0;
        foreach (var number in other.Numbers)
        {
            while (i < Numbers.Length && Numbers[i] < number)
            {
                i++;
            }

            if (i == Numbers.Length || Numbers[i] != number)
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(NumberSet other) => Numbers.AsSpan().SequenceEqual(other.Numbers);

    public override bool Equals(object? obj) => obj is NumberSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var number in Numbers)
        {
            hash.Add(number);
        }

        return hash.ToHashCode();
    }

    public int CompareTo(NumberSet other) =>
        Numbers.Length != other.Numbers.Length ? Numbers.Length.CompareTo(other.Numbers.Length) : Numbers.AsSpan().SequenceCompareTo(other.Numbers);
}
