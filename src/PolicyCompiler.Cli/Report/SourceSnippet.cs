using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Report;

/// <summary>The lines of a list item or mapping in YAML, for reading beside the report.</summary>
/// <param name="First">Number of the first line.</param>
/// <param name="Lines">At most <see cref="MostLines"/>; cut at <see cref="MostColumns"/> columns.</param>
/// <param name="IsCut">Whether more lines follow.</param>
internal sealed record SourceSnippet(int First, ImmutableArray<string> Lines, bool IsCut)
{
    public const int MostLines = 16;

    public const int MostColumns = 160;

    public static SourceSnippet? Of(SourceSpan span)
    {
        if (!span.IsKnown)
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

    private static int Indent(string line) => line.Length - line.TrimStart(' ', '\t').Length;

    private static string Cut(string line) => line.Length <= MostColumns ? line : line[..MostColumns] + " …";
}
