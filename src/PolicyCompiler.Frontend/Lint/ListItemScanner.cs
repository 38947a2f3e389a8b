using PolicyCompiler.Frontend.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyCompiler.Frontend.Lint;

/// <summary>Finds where the items of all lists of a text begin and end.</summary>
internal static class ListItemScanner
{
    /// <summary>By line and column of their first character.</summary>
    /// <exception cref="YamlException">The text is no YAML.</exception>
    public static Dictionary<(int Line, int Column), ListItem> Scan(string text)
    {
        var found = new Dictionary<(int, int), ListItem>();
        var open = new Stack<(ListItems? List, ListItem? Item)>();
        var parser = new FailSafeParser(text);
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case SequenceEnd or MappingEnd:
                    Extend(parser.Current);
                    open.Pop();
                    break;
                case NodeEvent or AnchorAlias:
                    var node = parser.Current;
                    var item = open.TryPeek(out var around) && around.List is { } list ? Add(node, list) : null;
                    if (node is SequenceStart or MappingStart)
                    {
                        open.Push((node is SequenceStart sequence ? new ListItems(sequence.Style != SequenceStyle.Flow) : null, item));
                    }
                    else if (item is not null)
                    {
                        item.LastLine = LastLineOf(node);
                    }

                    Extend(node);
                    break;
            }
        }

        return found;

        ListItem Add(ParsingEvent node, ListItems list)
        {
            var item = new ListItem((int)node.Start.Line, (int)node.Start.Column, list);
            list.Items.Add(item);
            found.TryAdd((item.Line, item.Column), item);
            item.HasAnchor = node is NodeEvent { Anchor.IsEmpty: false };
            return item;
        }

        void Extend(ParsingEvent part)
        {
            foreach (var (_, item) in open)
            {
                if (item is not null)
                {
                    item.LastLine = Math.Max(item.LastLine, LastLineOf(part));
                    item.HasAnchor |= part is NodeEvent { Anchor.IsEmpty: false };
                }
            }
        }
    }

    /// <summary>
    /// Where block collections begin and end the parser names the next token; block scalars end at the start of a line.
    /// </summary>
    private static int LastLineOf(ParsingEvent part) => part switch
    {
        SequenceStart or MappingStart => (int)part.Start.Line,
        SequenceEnd or MappingEnd when part.Start == part.End => 0,
        _ when part.End.Column == 1 && part.End.Line > part.Start.Line => (int)part.End.Line - 1,
        _ => (int)part.End.Line,
    };
}
