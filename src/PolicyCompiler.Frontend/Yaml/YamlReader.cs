using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>Text to documents. After a syntax error it goes on with the next document of the file.</summary>
internal sealed class YamlReader(SourceText source, Findings findings)
{
    private readonly List<YamlNode> _documents = [];
    private readonly string _text = source.Text.StartsWith('\ufeff') ? source.Text[1..] : source.Text;
    private YamlTreeBuilder? _builder;
    private SourceSpan _lastError;

    /// <summary>The documents that could be read, without the empty ones.</summary>
    public IReadOnlyList<YamlNode> ReadAll()
    {
        if (_text.Length > YamlLimits.FileLength)
        {
            findings.Report(FileDiagnostics.FileTooLarge, new SourceSpan(source, 1, 1, 0), _text.Length, YamlLimits.FileLength);
            return _documents;
        }

        _builder = new YamlTreeBuilder(source, findings);
        var (offset, line) = (0, 0);
        for (var errors = 0; errors < YamlLimits.SyntaxErrors; errors++)
        {
            if (ReadFrom(offset, line) is not { } failedLine || !TryFindDocument(ref offset, ref line, failedLine))
            {
                break;
            }
        }

        return _documents;
    }

    /// <summary>Reads to the end and returns null, or returns the 1-based line on which it had to give up.</summary>
    private int? ReadFrom(int offset, int linesBefore)
    {
        var parser = new Parser(new StringReader(offset == 0 ? _text : _text[offset..]));
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is not DocumentStart start)
                {
                    continue;
                }

                if (_documents.Count >= YamlLimits.Documents)
                {
                    findings.Report(YamlDiagnostics.TooManyDocuments, SpanAt(start.Start, linesBefore), YamlLimits.Documents);
                    return null;
                }

                parser.MoveNext();
                if (_builder!.BuildDocument(parser, linesBefore) is not { } root)
                {
                    return (int)parser.Current!.Start.Line + linesBefore;
                }

                if (root is not YamlScalar { Kind: ScalarKind.Null })
                {
                    _documents.Add(root);
                }
            }

            return null;
        }
        catch (YamlException e)
        {
            var span = SpanAt(e.Start, linesBefore);
            if (span != _lastError)
            {
                findings.Report(YamlDiagnostics.Syntax, span, Reason(e.Message));
                _lastError = span;
            }

            return span.Line;
        }
    }

    private SourceSpan SpanAt(in Mark mark, int linesBefore) =>
        new(source, (int)mark.Line + linesBefore, (int)mark.Column, 0);

    /// <summary>The library's text starts with a capital and may end in a full stop, and ours goes on in a sentence.</summary>
    private static string Reason(string message) =>
        message.Length == 0 ? "it is malformed" : char.ToLowerInvariant(message[0]) + Quote.Shorten(message[1..].TrimEnd('.'));

    /// <summary>
    /// Moves to the next document marker at or after <paramref name="failedLine"/>: an error is often noticed only at
    /// the marker behind it, and a document that fails on its marker's line is tried again once. A marker at the start of a line ends
    /// a document inside any construct, quoted and block scalars included (YAML 1.2.2, 9.1.2), so this is exact.
    /// </summary>
    private bool TryFindDocument(ref int offset, ref int linesBefore, int failedLine)
    {
        while (true)
        {
            var end = _text.IndexOf('\n', offset);
            if (end < 0)
            {
                return false;
            }

            offset = end + 1;
            linesBefore++;
            var rest = _text.AsSpan(offset);
            if (linesBefore + 1 >= failedLine && rest.StartsWith("---", StringComparison.Ordinal) && (rest.Length == 3 || char.IsWhiteSpace(rest[3])))
            {
                return true;
            }
        }
    }
}
