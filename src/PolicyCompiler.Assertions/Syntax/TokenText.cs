using System.Text;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Assertions.Syntax;

/// <summary>Places and texts of what was read.</summary>
internal sealed class TokenText(SourceText source)
{
    public SourceText Source { get; } = source;

    public SourceSpan SpanOf(IToken token)
    {
        var length = token.Type is TokenConstants.EOF or FlowLexer.NEWLINE ? 0 : token.Text.Length;
        return new SourceSpan(Source, token.Line, token.Column + 1, length);
    }

    /// <summary>From the first token to the last, or to the end of the first line.</summary>
    public SourceSpan SpanOf(ParserRuleContext context)
    {
        var (first, last) = (context.Start, context.Stop ?? context.Start);
        var length = last.Line == first.Line ? last.StopIndex + 1 - first.StartIndex : Source.Line(first.Line).Length - first.Column;
        return new SourceSpan(Source, first.Line, first.Column + 1, Math.Max(0, length));
    }

    /// <summary>On one line, without comments, words one space apart.</summary>
    public static string OneLine(ParserRuleContext context)
    {
        var text = new StringBuilder();
        foreach (var token in TokensOf(context).Where(t => t.Type != FlowLexer.NEWLINE))
        {
            var isJoined = text.Length == 0 || text[^1] is '(' or '!' || token.Text is "," or ")";
            text.Append(isJoined ? "" : " ").Append(token.Text);
        }

        return text.ToString();
    }

    /// <summary>Without the quotes, and with what is escaped.</summary>
    public static string Unquoted(IToken token)
    {
        var text = new StringBuilder();
        for (var i = 1; i < token.Text.Length - 1; i++)
        {
            text.Append(token.Text[i] == '\\' ? token.Text[++i] : token.Text[i]);
        }

        return text.ToString();
    }

    private static IEnumerable<IToken> TokensOf(IParseTree tree) =>
        tree is ITerminalNode leaf ? [leaf.Symbol] : Enumerable.Range(0, tree.ChildCount).SelectMany(i => TokensOf(tree.GetChild(i)));
}
