using System.Buffers;
using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>
/// Text to documents, each handed over as soon as it is read, so that only one tree a file is alive at a time. After
/// a syntax error it goes on with the next document of the file.
/// </summary>
internal sealed class YamlReader(SourceText source, Findings findings, Action<YamlNode> onDocument)
{
    private static readonly SearchValues<char> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r'))]);

    private readonly string _text = source.Text.StartsWith('\ufeff') ? source.Text[1..] : source.Text;
    private readonly YamlTreeBuilder _builder = new(source, findings);
    private int _documents;
    private SourceSpan _lastError;

    /// <summary>Hands over every document that can be read, without the empty ones.</summary>
    public void ReadAll()
    {
        if (_text.Length > YamlLimits.FileLength)
        {
            findings.Report(FileDiagnostics.FileTooLarge, new SourceSpan(source, 1, 1, 0), _text.Length, YamlLimits.FileLength);
            return;
        }

        if (ForbiddenCharacter() is { } index)
        {
            var before = _text.AsSpan(0, index);
            var span = new SourceSpan(source, before.Count('\n') + 1, index - before.LastIndexOf('\n'), 1);
            var character = ((int)_text[index]).ToString("X4", CultureInfo.InvariantCulture);
            findings.Report(YamlDiagnostics.Syntax, span, $"the control character U+{character} is not allowed");
            return;
        }

        var (offset, line) = (0, 0);
        for (var errors = 0; errors < YamlLimits.SyntaxErrors; errors++)
        {
            if (ReadFrom(offset, line) is not { } failedLine || !TryFindDocument(ref offset, ref line, failedLine))
            {
                break;
            }
        }
    }

    /// <summary>
    /// The place of the first control character that is not white space (YAML 1.2.2, 5.1). The parser library takes
    /// NUL for the end of its buffer and fails in other ways than by its own exception.
    /// </summary>
    private int? ForbiddenCharacter()
    {
        var index = _text.AsSpan().IndexOfAny(Forbidden);
        return index < 0 ? null : index;
    }

    /// <summary>Reads to the end and returns null, or returns the 1-based line on which it had to give up.</summary>
    private int? ReadFrom(int offset, int linesBefore)
    {
        var parser = new FailSafeParser(offset == 0 ? _text : _text[offset..]);
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is not DocumentStart start)
                {
                    continue;
                }

                if (++_documents > YamlLimits.Documents)
                {
                    findings.Report(YamlDiagnostics.TooManyDocuments, SpanAt(start.Start, linesBefore), YamlLimits.Documents);
                    return null;
                }

                parser.MoveNext();
                if (_builder.BuildDocument(parser, linesBefore) is not { } root)
                {
                    return (int)parser.Current!.Start.Line + linesBefore;
                }

                if (root is not YamlScalar { Kind: ScalarKind.Null })
                {
                    onDocument(root);
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
            if (linesBefore + 1 >= failedLine && rest.StartsWith("---", StringComparison.Ordinal)
                && (rest.Length == 3 || char.IsWhiteSpace(rest[3])))
            {
                return true;
            }
        }
    }
}
