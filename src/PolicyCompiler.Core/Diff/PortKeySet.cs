using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>
/// A set of protocols with their destination ports (0 included) or ICMP types: everything that a packet can have and a
/// verdict can depend on. Equality is by content.
/// </summary>
public sealed class PortKeySet : IEquatable<PortKeySet>
{
    private const string Everything = "all";
    private const string OtherProtocols = "other protocols";

    /// <summary>What packets have: the slot of other protocols has keys that none can have.</summary>
    private static readonly ImmutableArray<PortKeyRange> Real =
    [
        .. IpProtocols.Transport.Select(PortKey.All), PortKey.All(IpProtocol.Icmp), PortKey.All(IpProtocol.IcmpV6),
        .. Runs(Enumerable.Range(0, 256).Where(n => !((IpProtocol)n).HasPorts() && !((IpProtocol)n).IsIcmp()).Select(n => PortKey.ProtocolBase + n)),
    ];

    private static readonly ImmutableArray<PortKeyRange> Others = Real[5..];

    private readonly int _hash;

    private PortKeySet(ImmutableArray<PortKeyRange> ranges)
    {
        Ranges = ranges;
        var hash = default(HashCode);
        foreach (var range in ranges)
        {
            hash.Add(range);
        }

        _hash = hash.ToHashCode();
    }

    public static PortKeySet Empty { get; } = new([]);

    public static PortKeySet All { get; } = new(Real);

    /// <summary>In ascending order, each of one protocol (of neighbours among those without ports), none overlapping.</summary>
    public ImmutableArray<PortKeyRange> Ranges { get; }

    public bool IsEmpty => Ranges.IsEmpty;

    /// <param name="ranges">In any order; what no packet has is left out.</param>
    public static PortKeySet Of(IEnumerable<PortKeyRange> ranges) => new(Intersect(Merge(ranges), Real));

    /// <summary>The part that flows of a family can have; everything, if that is all they can have.</summary>
    /// <param name="ipv4">Whether flows are of IPv4: they have no ICMPv6.</param>
    /// <param name="ipv6">Whether flows are of IPv6: they have no ICMP.</param>
    public PortKeySet In(bool ipv4, bool ipv6)
    {
        var possible = new PortKeySet([.. Real.Where(r => (ipv4 || r != PortKey.All(IpProtocol.Icmp)) && (ipv6 || r != PortKey.All(IpProtocol.IcmpV6)))]);
        var common = Intersect(possible);
        return common.Equals(possible) ? All : common;
    }

    public bool Contains(int key) => Ranges.Any(r => r.Contains(key));

    public PortKeySet Intersect(PortKeySet other) => new(Intersect(Ranges, other.Ranges));

    public PortKeySet Except(PortKeySet other)
    {
        var rest = ImmutableArray.CreateBuilder<PortKeyRange>();
        foreach (var range in Ranges)
        {
            var first = range.First;
            foreach (var hole in other.Ranges.Where(h => h.Last >= range.First && h.First <= range.Last))
            {
                if (first < hole.First)
                {
                    rest.Add(new PortKeyRange(first, hole.First - 1));
                }

                first = hole.Last + 1;
            }

            if (first <= range.Last)
            {
                rest.Add(new PortKeyRange(first, range.Last));
            }
        }

        return new PortKeySet(rest.ToImmutable());
    }

    public bool Equals(PortKeySet? other) => other is not null && _hash == other._hash && Ranges.SequenceEqual(other.Ranges);

    public override bool Equals(object? obj) => Equals(obj as PortKeySet);

    public override int GetHashCode() => _hash;

    /// <summary><c>all</c>, or <c>TCP 80,8080-8090; UDP; ICMP type 8; protocol 47; other protocols</c>; empty for none.</summary>
    public override string ToString()
    {
        if (Equals(All))
        {
            return Everything;
        }

        var parts = Ranges.Where(r => r.First < PortKey.ProtocolBase).GroupBy(r => PortKey.Parse(r.First).Protocol).Select(g => Part(g.Key, [.. g])).ToList();
        ImmutableArray<PortKeyRange> others = [.. Ranges.Where(r => r.First >= PortKey.ProtocolBase)];
        parts.AddRange(others.SequenceEqual(Others) ? [OtherProtocols] : others.IsEmpty ? [] : [$"protocol {Numbers(others, PortKey.ProtocolBase)}"]);
        return string.Join("; ", parts);
    }

    /// <summary>The reverse of <see cref="ToString"/>; a slash may stand for the space, and case does not matter.</summary>
    public static bool TryParse(string text, out PortKeySet set)
    {
        var ranges = new List<PortKeyRange>();
        set = All;
        if (text.Trim().Equals(Everything, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var part in text.Split(';'))
        {
            var words = part.Trim().Replace('/', ' ').Replace(", ", ",", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!Parse(words, ranges))
            {
                return false;
            }
        }

        set = Of(ranges);
        return true;
    }

    private static bool Parse(string[] words, List<PortKeyRange> ranges)
    {
        switch (words)
        {
            case [var other, var protocols] when $"{other} {protocols}".Equals(OtherProtocols, StringComparison.OrdinalIgnoreCase):
                ranges.AddRange(Others);
                return true;
            case ["protocol", var numbers]:
                return Parse(numbers, PortKey.ProtocolBase, byte.MaxValue, ranges);
            case [var name] when IpProtocols.TryParse(name, out var whole) && (whole.HasPorts() || whole.IsIcmp()):
                ranges.Add(PortKey.All(whole));
                return true;
            case [var name, .. { Length: <= 1 } type, var numbers] when IpProtocols.TryParse(name, out var protocol):
                return (protocol.HasPorts() ? type is [] : protocol.IsIcmp() && type is [] or ["type"])
                    && Parse(numbers, PortKey.All(protocol).First, protocol.HasPorts() ? ushort.MaxValue : byte.MaxValue, ranges);
            default:
                return false;
        }
    }

    private static bool Parse(string numbers, int start, int highest, List<PortKeyRange> ranges)
    {
        foreach (var part in numbers.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !Number(ends[0], out var first) || !Number(ends[^1], out var last) || first > last || last > highest)
            {
                return false;
            }

            ranges.Add(new PortKeyRange(start + first, start + last));
        }

        return true;

        static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static string Part(IpProtocol protocol, ImmutableArray<PortKeyRange> ranges) =>
        ranges is [var only] && only == PortKey.All(protocol) ? protocol.Name()
        : $"{protocol.Name()}{(protocol.IsIcmp() ? " type" : "")} {Numbers(ranges, PortKey.All(protocol).First)}";

    private static string Numbers(IEnumerable<PortKeyRange> ranges, int start) => string.Join(',', ranges.Select(r => r.First == r.Last
        ? string.Create(CultureInfo.InvariantCulture, $"{r.First - start}")
        : string.Create(CultureInfo.InvariantCulture, $"{r.First - start}-{r.Last - start}")));

    private static List<PortKeyRange> Merge(IEnumerable<PortKeyRange> ranges)
    {
        var merged = new List<PortKeyRange>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = new PortKeyRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    private static ImmutableArray<PortKeyRange> Intersect(IReadOnlyList<PortKeyRange> left, IReadOnlyList<PortKeyRange> right)
    {
        var common = ImmutableArray.CreateBuilder<PortKeyRange>();
        for (int i = 0, j = 0; i < left.Count && j < right.Count;)
        {
            var (first, last) = (Math.Max(left[i].First, right[j].First), Math.Min(left[i].Last, right[j].Last));
            if (first <= last)
            {
                common.Add(new PortKeyRange(first, last));
            }

            if (left[i].Last < right[j].Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return common.ToImmutable();
    }

    private static IEnumerable<PortKeyRange> Runs(IEnumerable<int> keys) => Merge(keys.Select(k => new PortKeyRange(k, k)));
}
