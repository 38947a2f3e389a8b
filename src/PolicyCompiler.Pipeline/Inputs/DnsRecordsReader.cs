using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Inputs;

/// <summary>
/// The file of <c>--dns-records</c>: which addresses names have, so that rules by name can be explained and checked
/// without a resolver. Either a JSON object <c>{"NAME": ["ADDRESS", ...]}</c> or lines <c>NAME ADDRESS...</c> with
/// <c>#</c> comments.
/// </summary>
public static class DnsRecordsReader
{
    /// <param name="path">A file, or <c>-</c>.</param>
    /// <param name="standardInput">What <c>-</c> reads.</param>
    public static Stage<IReadOnlyList<DnsRecord>> Read(string path, Stream standardInput)
    {
        var (text, problem) = InputFileReader.ReadOne(path, path == "-" ? "stdin" : Path.GetFileName(path), standardInput);
        return text is null ? Stage.Of<IReadOnlyList<DnsRecord>>(null, [problem!]) : Parse(text);
    }

    /// <summary>
    /// Reads to the end, whatever is wrong, so that one run reports all errors. Records are in ordinal order of their
    /// names; a name that stands twice has the addresses of both.
    /// </summary>
    public static Stage<IReadOnlyList<DnsRecord>> Parse(SourceText source)
    {
        var records = new DnsRecordsBuilder(source);
        if (source.Text.AsSpan().TrimStart() is ['{' or '[' or '"', ..])
        {
            DnsRecordsJson.Parse(source.Text, records);
        }
        else
        {
            ParseLines(source.Text, records);
        }

        return Stage.Of<IReadOnlyList<DnsRecord>>(records.ToRecords(), records.Diagnostics);
    }

    private static void ParseLines(string text, DnsRecordsBuilder records)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var comment = line.IndexOf('#');
            var rest = comment < 0 ? line : line[..comment];
            string? name = null;
            var words = 0;
            foreach (var range in rest.SplitAny(' ', '\t'))
            {
                var word = rest[range];
                if (word.IsEmpty)
                {
                    continue;
                }

                if (words++ == 0)
                {
                    name = records.AddName(word.ToString(), number, range.Start.Value + 1, word.Length);
                }
                else
                {
                    records.AddAddress(name, word.ToString(), number, range.Start.Value + 1, word.Length);
                }
            }

            if (words == 1)
            {
                records.ReportNoAddress(name, number, 1, rest.TrimEnd().Length);
            }
        }
    }
}
