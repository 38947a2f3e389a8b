namespace PolicyCompiler.Benchmarks;

/// <summary>A table as docs/benchmarks.md has them; numbers are right-aligned.</summary>
internal sealed class MarkdownTable(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write(TextWriter output)
    {
        var widths = Enumerable.Range(0, header.Length).Select(c => _rows.Max(r => r[c].Length)).ToArray();
        WriteRow(output, widths, header);
        output.WriteLine($"|{string.Join("|", widths.Select((w, c) => new string('-', w + 1) + (c == 0 ? "-" : ":")))}|");
        foreach (var row in _rows.Skip(1))
        {
            WriteRow(output, widths, row);
        }

        output.WriteLine();
    }

    private static void WriteRow(TextWriter output, int[] widths, string[] cells) => output.WriteLine(
        $"| {string.Join(" | ", cells.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c])))} |");
}
