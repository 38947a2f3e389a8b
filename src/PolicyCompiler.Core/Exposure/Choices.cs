using System.Collections.Immutable;
using System.Numerics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Exposure;

/// <summary>
/// All combinations of answers that independent choices can lead to. A choice is a bit mask of the peers that it leaves
/// possible; combinations with the same answers are one, whatever was chosen.
/// </summary>
internal static class Choices
{
    /// <param name="start">The peers that are possible before any choice.</param>
    /// <param name="dimensions">Independent of each other, each with its options.</param>
    /// <param name="limit">Most combinations.</param>
    /// <returns>Each reachable answer with the options that lead to it; null if there are more than the limit.</returns>
    public static IReadOnlyList<(BigInteger Answer, ImmutableArray<T> Chosen)>? Combine<T>(
        BigInteger start, IEnumerable<IReadOnlyList<(T Option, BigInteger Mask)>> dimensions, int limit)
    {
        List<(BigInteger Answer, ImmutableArray<T> Chosen)> reached = [(start, [])];
        foreach (var dimension in dimensions)
        {
            var known = new HashSet<BigInteger>();
            var next = new List<(BigInteger Answer, ImmutableArray<T> Chosen)>();
            foreach (var (answer, chosen) in reached)
            {
                foreach (var (option, mask) in dimension)
                {
                    if (known.Add(answer & mask))
                    {
                        next.Add((answer & mask, chosen.Add(option)));
                    }
                }
            }

            if (next.Count > limit)
            {
                return null;
            }

            reached = next;
        }

        return reached;
    }

    /// <summary>
    /// What a label can be, as far as selectors ask about it: a value they name, another one, or absent (null). The options
    /// come in that order: absent, another, the named ones.
    /// </summary>
    /// <param name="selectors">By bit; null does not ask about labels.</param>
    /// <param name="key">The label.</param>
    /// <param name="values">Values that are named; all others are alike.</param>
    /// <param name="taken">Values that it cannot have.</param>
    /// <param name="mayBeAbsent">Whether an object can be without it.</param>
    public static IReadOnlyList<(KeyValuePair<string, string?> Option, BigInteger Mask)> OfLabel(
        IReadOnlyList<LabelSelector?> selectors, string key, IEnumerable<string> values, IReadOnlySet<string> taken, bool mayBeAbsent)
    {
        var named = values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var another = "another";
        while (named.Contains(another) || taken.Contains(another))
        {
            another += "-one";
        }

        return OfValues(selectors, key, [.. mayBeAbsent ? [null] : Array.Empty<string?>(), another, .. named]);
    }

    /// <summary>What a label can be if there are only these values; null: absent.</summary>
    public static IReadOnlyList<(KeyValuePair<string, string?> Option, BigInteger Mask)> OfValues(
        IReadOnlyList<LabelSelector?> selectors, string key, IEnumerable<string?> values)
    {
        return [.. values.Select(value => (KeyValuePair.Create(key, value), MaskOf(value)))];

        BigInteger MaskOf(string? value)
        {
            var labels = value is null ? LabelSet.Empty : new LabelSet([KeyValuePair.Create(key, value)]);
            var mask = BigInteger.Zero;
            for (var i = 0; i < selectors.Count; i++)
            {
                if (selectors[i]?.Requirements.Where(r => r.Key == key).All(r => r.Matches(labels)) ?? true)
                {
                    mask |= BigInteger.One << i;
                }
            }

            return mask;
        }
    }
}
