using System.Collections.Immutable;
using System.Text.Encodings.Web;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Inputs;

/// <summary>The records of one file while it is read. Lines and columns are 1-based, columns and lengths in UTF-16 units.</summary>
internal sealed class DnsRecordsBuilder(SourceText source)
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;
    private const int MaxShown = 80;

    private readonly SortedDictionary<string, SortedSet<IpAddress>> _records = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _diagnostics = [];

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public ImmutableArray<DnsRecord> ToRecords() => [.. _records.Select(r => new DnsRecord(r.Key, [.. r.Value]))];

    /// <returns>The name in its compared form; null when it is not one, which has been reported.</returns>
    public string? AddName(string text, int line, int column, int length)
    {
        var name = text.EndsWith('.') ? text[..^1] : text;
        if (Problem(name) is { } problem)
        {
            Report(DnsDiagnostics.InvalidName, line, column, length, Shown(text), problem);
            return null;
        }

        return name.ToLowerInvariant();
    }

    /// <param name="name">What <see cref="AddName"/> returned: the addresses of an invalid name are still checked.</param>
    /// <param name="text">The address.</param>
    /// <param name="line">Where it stands.</param>
    /// <param name="column">Where it stands in the line.</param>
    /// <param name="length">How long it is as written.</param>
    public void AddAddress(string? name, string text, int line, int column, int length)
    {
        if (!IpAddress.TryParse(text, out var address))
        {
            Report(DnsDiagnostics.InvalidAddress, line, column, length, Shown(text));
        }
        else if (name is not null)
        {
            if (!_records.TryGetValue(name, out var addresses))
            {
                _records.Add(name, addresses = []);
            }

            addresses.Add(address);
        }
    }

    /// <param name="name">What <see cref="AddName"/> returned: one error for a line is enough.</param>
    /// <param name="line">Where it stands.</param>
    /// <param name="column">Where it stands in the line.</param>
    /// <param name="length">How long it is as written.</param>
    public void ReportNoAddress(string? name, int line, int column, int length)
    {
        if (name is not null)
        {
            Report(DnsDiagnostics.NoAddress, line, column, length, name);
        }
    }

    public void ReportForm(string problem, int line, int column, int length) =>
        Report(DnsDiagnostics.NotRecords, line, column, length, problem);

    private void Report(DiagnosticDescriptor descriptor, int line, int column, int length, params ReadOnlySpan<object?> arguments) =>
        _diagnostics.Add(descriptor.At(new SourceSpan(source, line, column, length), arguments));

    private static string? Problem(string name)
    {
        if (IpAddress.TryParse(name, out _))
        {
            return "it is an address; the name comes first";
        }

        if (name.Contains('*', StringComparison.Ordinal))
        {
            return "a record is for one name; patterns stand in policies";
        }

        if (name.Length is 0 or > MaxName || name.Split('.').Any(l => l.Length is 0 or > MaxLabel))
        {
            return "it has at most 253 characters, and each label between the dots 1 to 63";
        }

        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? null
            : "use letters, digits, \"-\" and \"_\"; international names are written in their ASCII form (xn--...)";
    }

    /// <summary>No input can forge lines of the report or drive a terminal.</summary>
    private static string Shown(string text) =>
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text.Length > MaxShown ? text[..MaxShown] + "..." : text);
}
