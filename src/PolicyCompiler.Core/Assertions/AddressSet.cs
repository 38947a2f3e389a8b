using System.Collections.Immutable;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Addresses as ranges in order that neither overlap nor touch.</summary>
internal sealed class AddressSet
{
    private AddressSet(ImmutableArray<AddressRange> ranges) => Ranges = ranges;

    public static AddressSet Empty { get; } = new([]);

    public ImmutableArray<AddressRange> Ranges { get; }

    public static AddressSet Of(params IEnumerable<AddressRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<AddressRange>();
        foreach (var range in ranges.Order())
        {
            // The address after the highest one would be none, so the gap is looked at from above.
            if (merged.Count > 0 && merged[^1] is var last && last.Family == range.Family
                && (range.First.Value <= last.Last.Value || range.First.Value - 1 == last.Last.Value))
            {
                merged[^1] = last with { Last = range.Last.Value > last.Last.Value ? range.Last : last.Last };
            }
            else
            {
                merged.Add(range);
            }
        }

        return new AddressSet(merged.ToImmutable());
    }

    public AddressSet Union(AddressSet other) => Of(Ranges.Concat(other.Ranges));

    public AddressSet Except(AddressSet other) => new([.. Ranges.SelectMany(r => Without(r, other.Ranges))]);

    private static IEnumerable<AddressRange> Without(AddressRange range, ImmutableArray<AddressRange> holes)
    {
        var first = range.First;
        foreach (var hole in holes.Where(h => h.Intersect(range) is not null))
        {
            if (first.Value < hole.First.Value)
            {
                yield return new AddressRange(first, hole.First with { Value = hole.First.Value - 1 });
            }

            if (hole.Last.Value >= range.Last.Value)
            {
                yield break;
            }

            first = hole.Last with { Value = hole.Last.Value + 1 };
        }

        yield return range with { First = first };
    }
}
