using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>
/// What an allow list names ends by: an address block, or the text of an end in which <c>*</c> stands for any characters; of a
/// workload the kind may be left out.
/// </summary>
public sealed class EndPattern
{
    private static readonly ImmutableArray<DiffEnd.Addresses> Anywhere =
        [.. new[] { AddressFamily.IPv4, AddressFamily.IPv6 }.Select(f => new IpPrefix(new IpAddress(f, UInt128.Zero), 0)).Select(p => new DiffEnd.Addresses(p.Address, p.Last))];

    private readonly IpPrefix? _block;
    private readonly Regex _text;

    public EndPattern(string text)
    {
        _block = IpPrefix.TryParse(text, out var block, out _) ? block
            : IpAddress.TryParse(text, out var address) ? new IpPrefix(address, address.Bits)
            : null;
        _text = new Regex(
            "^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>The parts of the end that are meant, and the others.</summary>
    public (ImmutableArray<DiffEnd> Meant, ImmutableArray<DiffEnd> Others) Split(DiffEnd end)
    {
        if (_block is { } block && end is DiffEnd.Addresses range)
        {
            return Split(range, block);
        }

        if (_block is { } part && end is DiffEnd.Names names)
        {
            return Split(names, part);
        }

        var isMeant = _text.IsMatch(end.Text) || (end is DiffEnd.Workload w && (_text.IsMatch($"{w.Namespace}/{w.Name}[{w.Kind}]") || _text.IsMatch($"{w.Namespace}/{w.Name}")));
        return isMeant ? ([end], []) : ([], [end]);
    }

    private static (ImmutableArray<DiffEnd> Meant, ImmutableArray<DiffEnd> Others) Split(DiffEnd.Names names, IpPrefix block)
    {
        var places = names.Within.IsEmpty ? Anywhere : names.Within;
        var parts = places.Select(p => Split(p, block)).ToList();
        return (Named(parts.SelectMany(p => p.Meant)), Named(parts.SelectMany(p => p.Others)));

        ImmutableArray<DiffEnd> Named(IEnumerable<DiffEnd> ranges) =>
            ranges.Cast<DiffEnd.Addresses>().ToImmutableArray() is { IsEmpty: false } within ? [new DiffEnd.Names(names.Patterns, within)] : [];
    }

    private static (ImmutableArray<DiffEnd> Meant, ImmutableArray<DiffEnd> Others) Split(DiffEnd.Addresses range, IpPrefix block)
    {
        if (range.First.Family != block.Family || range.Last.Value < block.Address.Value || block.Last.Value < range.First.Value)
        {
            return ([], [range]);
        }

        var first = range.First.Value < block.Address.Value ? block.Address : range.First;
        var last = range.Last.Value > block.Last.Value ? block.Last : range.Last;
        var rest = ImmutableArray.CreateBuilder<DiffEnd>();
        if (range.First != first)
        {
            rest.Add(new DiffEnd.Addresses(range.First, first with { Value = first.Value - 1 }, range.IsNameless));
        }

        if (range.Last != last)
        {
            rest.Add(new DiffEnd.Addresses(last with { Value = last.Value + 1 }, range.Last, range.IsNameless));
        }

        return ([new DiffEnd.Addresses(first, last, range.IsNameless)], rest.ToImmutable());
    }
}
