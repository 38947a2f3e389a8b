using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>
/// Destination ports of TCP, UDP and SCTP, from 1 to 65535. Port 0 cannot be listened on, and protocols without ports have
/// no place in a listing of ports. Equality is by content.
/// </summary>
public sealed class PortSet : IEquatable<PortSet>
{
    private readonly int _hash;
    private string? _text;

    private PortSet(ImmutableArray<PortKeyRange> ranges)
    {
        Ranges = ranges;
        var hash = default(HashCode);
        foreach (var range in ranges)
        {
            hash.Add(range);
        }

        _hash = hash.ToHashCode();
    }

    public static PortSet Empty { get; } = new([]);

    public static PortSet All { get; } = Of([PortKeyRange.Everything]);

    /// <summary>In ascending order, each of one protocol, neither overlapping nor adjacent.</summary>
    public ImmutableArray<PortKeyRange> Ranges { get; }

    public bool IsEmpty => Ranges.IsEmpty;

    /// <summary>Every port of all three protocols.</summary>
    public bool IsAll => Equals(All);

    /// <param name="ranges">In any order; what is no port of the three protocols is left out.</param>
    public static PortSet Of(IEnumerable<PortKeyRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<PortKeyRange>();
        foreach (var range in ranges.SelectMany(Listed).Order())
        {
            // Port 0 keeps the protocols apart.
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = new PortKeyRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new PortSet(merged.ToImmutable());
    }

    public bool Contains(IpProtocol protocol, int port)
    {
        var key = PortKey.Of(protocol, port);
        return Ranges.Any(r => r.Contains(key));
    }

    public PortSet Intersect(PortSet other)
    {
        var common = ImmutableArray.CreateBuilder<PortKeyRange>();
        for (int i = 0, j = 0; i < Ranges.Length && j < other.Ranges.Length;)
        {
            var (a, b) = (Ranges[i], other.Ranges[j]);
            var (first, last) = (Math.Max(a.First, b.First), Math.Min(a.Last, b.Last));
            if (first <= last)
            {
                common.Add(new PortKeyRange(first, last));
            }

            if (a.Last < b.Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return new PortSet(common.ToImmutable());
    }

    public PortSet Union(PortSet other) => Of(Ranges.Concat(other.Ranges));

    public bool Equals(PortSet? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Ranges.SequenceEqual(other.Ranges));

    public override bool Equals(object? obj) => Equals(obj as PortSet);

    public override int GetHashCode() => _hash;

    /// <summary>For people and files: <c>All Connections</c>, or <c>SCTP 1-65535,TCP 80,8080-8090</c>; empty for no port.</summary>
    public override string ToString() => _text ??= IsAll
        ? "All Connections"
        : string.Join(',', Ranges.GroupBy(r => PortKey.Parse(r.First).Protocol).Select(g => $"{g.Key.Name()} {string.Join(',', g.Select(Ports))}")
            .Order(StringComparer.Ordinal));

    private static IEnumerable<PortKeyRange> Listed(PortKeyRange range)
    {
        foreach (var protocol in IpProtocols.Transport)
        {
            var (first, last) = (Math.Max(range.First, PortKey.Of(protocol, 1)), Math.Min(range.Last, PortKey.Of(protocol, ushort.MaxValue)));
            if (first <= last)
            {
                yield return new PortKeyRange(first, last);
            }
        }
    }

    private static string Ports(PortKeyRange range)
    {
        var (first, last) = (PortKey.Parse(range.First).Port, PortKey.Parse(range.Last).Port);
        return first == last
            ? first.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
    }
}
