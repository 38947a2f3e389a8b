using System.Globalization;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Pipeline.Comparison;

namespace PolicyCompiler.Cli.Report;

/// <summary>The words after which <c>policyc explain</c> tells more about a difference.</summary>
internal static class ExplainHint
{
    private const string EntityPrefix = "entity:";

    /// <summary>The command with its inputs; null where the side is nothing that <c>explain</c> reads.</summary>
    public static string? Of(ComparedInput side, ComparisonRequest request) => side switch
    {
        ComparedInput.Files files when !files.Paths.Contains("-") => Command(files.Paths, request),
        ComparedInput.Compiled compiled when !compiled.Paths.Contains("-") => Command(compiled.Paths, request),
        ComparedInput.Revision revision => $"# in a checkout of {revision.Name}\n{Command(revision.Paths, request)}",
        _ => null,
    };

    /// <summary>The options that name the flow; null where an end is none that options can name.</summary>
    public static string? Of(Witness witness, AddressFamily? family)
    {
        var (from, to) = (Reference(witness.Source), Reference(witness.Destination));
        if (from is null || to is null)
        {
            return null;
        }

        var port = witness.Protocol.HasPorts() || witness.Protocol.IsIcmp() ? string.Create(CultureInfo.InvariantCulture, $" --port {witness.Port}") : "";
        return $"--from {Quoted(from)} --to {Quoted(to)} --protocol {witness.Protocol.Name()}{port}{(family is null ? "" : $" --family {family}")}";
    }

    /// <summary>With the options of the comparison that change what the inputs mean.</summary>
    private static string Command(IEnumerable<string> paths, ComparisonRequest request)
    {
        string[] words =
        [
            "policyc", "explain", .. paths, .. request.With,
            .. request.Options.IpBlockMatchesPods ? ["--ipblock-matches-pods"] : Array.Empty<string>(),
            .. request.DnsRecords is { } records ? ["--dns-records", records] : Array.Empty<string>(),
        ];
        return string.Join(' ', words.Select(Quoted));
    }

    /// <summary>The same flow with its ends as options name them, where they can.</summary>
    public static Witness Named(Witness witness) =>
        witness with { Source = Reference(witness.Source) ?? witness.Source, Destination = Reference(witness.Destination) ?? witness.Destination };

    private static string? Reference(string end)
    {
        var text = end.StartsWith(EntityPrefix, StringComparison.Ordinal) ? end[EntityPrefix.Length..]
            : end.StartsWith("node ", StringComparison.Ordinal) ? $"node:{end["node ".Length..]}"
            : IpAddress.TryParse(end, out _) ? $"ip:{end}"
            : end.IndexOf(" (", StringComparison.Ordinal) is > 0 and var at && !end.Contains(" and ", StringComparison.Ordinal) ? $"dns:{end[..at]}"
            : end;
        return FlowReference.Parse(text) is null ? null : text;
    }

    /// <summary>As a shell takes it for one word.</summary>
    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "@%+=:,./_-".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
