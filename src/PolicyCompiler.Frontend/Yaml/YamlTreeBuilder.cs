using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>Parser events to nodes: resolves aliases and merge keys, refuses duplicate keys, and keeps the limits.</summary>
internal sealed class YamlTreeBuilder(SourceText source, Findings findings)
{
    private const string StringTag = "tag:yaml.org,2002:str";

    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    // Field names, kinds and label values repeat in every object; one string for each saves most of a large input's memory.
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private IParser _parser = null!;
    private int _linesBefore;
    private int _depth;
    private long _aliasedNodes;

    /// <summary>
    /// Reads the node the parser stands on, and leaves the parser on its last event. Null when a limit ended it,
    /// which has then been reported.
    /// </summary>
    /// <param name="parser">Stands on the first event of the document's content.</param>
    /// <param name="linesBefore">Lines of the text before the parser's first.</param>
    public YamlNode? BuildDocument(IParser parser, int linesBefore)
    {
        _anchors.Clear();
        (_parser, _linesBefore, _depth) = (parser, linesBefore, 0);
        return Build();
    }

    private YamlNode? Build()
    {
        var current = _parser.Current!;
        if (current is AnchorAlias alias)
        {
            return Resolve(alias);
        }

        if (++_depth > YamlLimits.Depth)
        {
            findings.Report(YamlDiagnostics.TooDeep, Span(current), YamlLimits.Depth);
            return null;
        }

        YamlNode? node = current switch
        {
            Scalar scalar => new YamlScalar(Span(scalar), Shared(scalar.Value), IsPlain(scalar)),
            SequenceStart start => BuildSequence(start),
            MappingStart start => BuildMapping(start),
            // On some malformed flow collections the library's events do not nest.
            _ => throw new SyntaxErrorException(current.Start, current.End, "A value is missing here"),
        };
        _depth--;
        if (node is not null && current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor.Value] = node;
        }

        return node;
    }

    private static bool IsPlain(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || (!scalar.Tag.IsNonSpecific && scalar.Tag.Value != StringTag));

    private YamlNode? Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            findings.Report(YamlDiagnostics.UnknownAnchor, Span(alias), Quote.Shorten(alias.Value.Value));
            return new YamlScalar(Span(alias), "", isPlain: true);
        }

        return TryCountAliased(target.ExpandedNodes, alias) ? target : null;
    }

    private bool TryCountAliased(long nodes, ParsingEvent place)
    {
        _aliasedNodes += nodes;
        if (_aliasedNodes > YamlLimits.AliasedNodes)
        {
            findings.Report(YamlDiagnostics.AliasesTooLarge, Span(place), YamlLimits.AliasedNodes);
            return false;
        }

        return true;
    }

    private YamlSequence? BuildSequence(SequenceStart start)
    {
        var items = new List<YamlNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            if (Build() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new YamlSequence(Span(start), items);
    }

    private YamlMapping? BuildMapping(MappingStart start)
    {
        var entries = new MappingEntries(findings);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var keyEvent = _parser.Current!;
            if (Build() is not { } key)
            {
                return null;
            }

            _parser.MoveNext();
            var valueEvent = _parser.Current!;
            if (Build() is not { } value)
            {
                return null;
            }

            if (key is not YamlScalar scalar || scalar.Kind == ScalarKind.Null)
            {
                findings.Report(YamlDiagnostics.KeyNotText, Span(keyEvent), key.Description);
            }
            else if (scalar is { Text: "<<", IsPlain: true })
            {
                if (!TryCountAliased(entries.Merge(value, Span(valueEvent)), valueEvent))
                {
                    return null;
                }
            }
            else
            {
                entries.Add(scalar, value);
            }
        }

        return new YamlMapping(Span(start), entries.ToList());
    }

    private string Shared(string text)
    {
        if (_texts.TryGetValue(text, out var shared))
        {
            return shared;
        }

        if (text.Length <= 64 && _texts.Count < 4096)
        {
            _texts.Add(text, text);
        }

        return text;
    }

    private SourceSpan Span(ParsingEvent e)
    {
        var oneLine = e.Start.Line == e.End.Line;
        return new(source, (int)e.Start.Line + _linesBefore, (int)e.Start.Column, oneLine ? (int)(e.End.Column - e.Start.Column) : 0);
    }
}
