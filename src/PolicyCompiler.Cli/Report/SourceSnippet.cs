using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Report;

/// <summary>Lines of an input text, for reading beside the report.</summary>
/// <param name="First">Number of the first line.</param>
/// <param name="Lines">At most <see cref="MostLines"/>; cut at <see cref="MostColumns"/> columns.</param>
/// <param name="IsCut">Whether more lines follow.</param>
internal sealed record SourceSnippet(int First, ImmutableArray<string> Lines, bool IsCut)
{
    public const int MostLines = 16;

    public const int MostColumns = 160;

    /// <summary>Of a document, whose beginning says whom the policy is for.</summary>
    private const int MostOfDocument = 9;

    /// <summary>The lines of a list item or mapping in YAML; null where the text is not at hand, as with rules of a bundle.</summary>
    public static SourceSnippet? Of(SourceSpan span)
    {
        if (!HasText(span))
        {
            return null;
        }

        var first = span.Source!.Line(span.Line);
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add(Cut(first));
        // The item goes on as long as lines are indented deeper than the line it starts on.
        var indent = Indent(first);
        var blank = 0;
        for (var number = span.Line + 1; ; number++)
        {
            var line = span.Source.Line(number);
            if (line.Trim().Length == 0)
            {
                if (++blank > MostLines)
                {
                    return new SourceSnippet(span.Line, lines.ToImmutable(), false);
                }

                continue;
            }

            if (Indent(line) <= indent)
            {
                return new SourceSnippet(span.Line, lines.ToImmutable(), false);
            }

            if (lines.Count + blank >= MostLines)
            {
                return new SourceSnippet(span.Line, lines.ToImmutable(), true);
            }

            for (; blank > 0; blank--)
            {
                lines.Add("");
            }

            lines.Add(Cut(line));
        }
    }

    /// <summary>The lines from a place to the end of its document; null as above.</summary>
    public static SourceSnippet? OfDocument(SourceSpan span)
    {
        if (!HasText(span))
        {
            return null;
        }

        var lines = Enumerable.Range(span.Line, MostOfDocument + 1).Select(span.Source!.Line)
            .TakeWhile((line, i) => i == 0 || (line != "..." && !line.StartsWith("---", StringComparison.Ordinal))).ToList();
        var isCut = lines.Count > MostOfDocument && !string.IsNullOrWhiteSpace(lines[^1]);
        while (lines.Count > MostOfDocument || (lines.Count > 1 && string.IsNullOrWhiteSpace(lines[^1])))
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return new SourceSnippet(span.Line, [.. lines.Select(Cut)], isCut);
    }

    private static bool HasText(SourceSpan span) => span.IsKnown && span.Source!.Text.Length > 0;

    private static int Indent(string line) => line.Length - line.TrimStart(' ', '\t').Length;

    private static string Cut(string line) => line.Length <= MostColumns ? line : line[..MostColumns] + " …";
}
