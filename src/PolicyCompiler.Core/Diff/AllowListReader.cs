using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Diff;

/// <summary>
/// Reads an allow list (docs/diff.md): a line an entry, <c>KIND FROM -> TO [on PORTS] # REASON</c>. Empty lines, and lines
/// that start with a hash, are left out.
/// </summary>
public static class AllowListReader
{
    public static readonly DiagnosticDescriptor BadEntry = new(
        "NP0057",
        DiagnosticSeverity.Error,
        "Allow-list entry cannot be read",
        "{0}; write KIND FROM -> TO on PORTS # REASON, as in: widened shop/web -> shop/redis on TCP 6379 # reviewed");

    public static readonly DiagnosticDescriptor UnusedEntry = new(
        "NP0058",
        DiagnosticSeverity.Warning,
        "Allow-list entry is not used",
        "no difference has a flow that this entry tolerates; remove it");

    public static Stage<AllowList> Read(SourceText text)
    {
        var entries = ImmutableArray.CreateBuilder<AllowListEntry>();
        var diagnostics = new List<Diagnostic>();
        for (var number = 1; number <= text.LineCount; number++)
        {
            var line = text.Line(number).Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var span = new SourceSpan(text, number, 1, text.Line(number).Length);
            if (Parse(line, span, out var entry) is { } problem)
            {
                diagnostics.Add(BadEntry.At(span, problem));
            }
            else
            {
                entries.Add(entry!);
            }
        }

        return Stage.Of(new AllowList(entries.ToImmutable()), diagnostics);
    }

    private static string? Parse(string line, SourceSpan span, out AllowListEntry? entry)
    {
        entry = null;
        var (flows, reason) = Cut(line, "#", last: false);
        if (reason.Length == 0)
        {
            return "the entry has no reason after a #";
        }

        var (kind, ends) = Cut(string.Join(' ', flows.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), " ", last: false);
        ChangeKind? only = null;
        if (Enum.GetValues<ChangeKind>().Where(k => k.Word() == kind).ToList() is [var named])
        {
            only = named;
        }
        else if (kind != "any")
        {
            return $"'{kind}' is no kind of change: widened, narrowed, changed, added, removed or any";
        }

        var (from, rest) = Cut(ends, "->", last: false);
        var (to, portsText) = Cut(rest, " on ", last: true);
        if (from.Length == 0 || to.Length == 0)
        {
            return "the entry does not name two ends with -> between them";
        }

        var ports = PortKeySet.All;
        if (portsText.Length > 0 && !PortKeySet.TryParse(portsText, out ports))
        {
            return $"'{portsText}' are no ports such as TCP 80,8080-8090; UDP 53; ICMP type 8";
        }

        entry = new AllowListEntry(only, new EndPattern(from), new EndPattern(to), ports, reason, span);
        return null;
    }

    private static (string Before, string After) Cut(string text, string mark, bool last)
    {
        var at = last ? text.LastIndexOf(mark, StringComparison.Ordinal) : text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text.Trim(), "") : (text[..at].Trim(), text[(at + mark.Length)..].Trim());
    }
}
