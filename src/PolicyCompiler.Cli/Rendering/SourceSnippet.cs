using System.Globalization;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>Lines of an input text with the places in question underlined.</summary>
internal static class SourceSnippet
{
    private const int LongestLine = 200;

    /// <param name="output">Where to.</param>
    /// <param name="terminal">For colors.</param>
    /// <param name="indent">Before every line.</param>
    /// <param name="spans">Unknown ones, and those of other texts than the first, are left out.</param>
    public static void Write(TextWriter output, Terminal terminal, string indent, params IEnumerable<SourceSpan> spans)
    {
        var known = spans.Where(s => s.IsKnown).ToList();
        var lines = known.Where(s => ReferenceEquals(s.Source, known[0].Source)).GroupBy(s => s.Line).OrderBy(g => g.Key).ToList();
        var width = lines.Count == 0 ? 0 : string.Create(CultureInfo.InvariantCulture, $"{lines[^1].Key}").Length;
        foreach (var line in lines)
        {
            var text = line.First().Source!.Line(line.Key).Replace('\t', ' ');
            if (text.Length is 0 or > LongestLine)
            {
                continue;
            }

            var marks = new char[text.Length];
            Array.Fill(marks, ' ');
            foreach (var span in line)
            {
                var from = Math.Clamp(span.Column - 1, 0, text.Length - 1);
                marks.AsSpan(from, Math.Clamp(span.Length > 1 ? span.Length : LengthOf(text, from), 1, text.Length - from)).Fill('^');
            }

            output.WriteLine($"{indent}{terminal.Faint($"{line.Key.ToString(CultureInfo.InvariantCulture).PadLeft(width)} |")} {text}");
            output.WriteLine($"{indent}{terminal.Faint($"{new string(' ', width)} |")} {terminal.Bad(new string(marks).TrimEnd())}");
        }
    }

    /// <summary>Places of mappings and lists are where they begin: in flow style they end at their bracket, else with the line.</summary>
    private static int LengthOf(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length && (text[from] is '{' or '['); i++)
        {
            depth += text[i] switch
            {
                '{' or '[' => 1,
                '}' or ']' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i + 1 - from;
            }
        }

        return text.TrimEnd().Length - from;
    }
}
