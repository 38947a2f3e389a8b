using Antlr4.Runtime;
using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Assertions.Syntax;

/// <summary>What is wrong at a token, in the reader's words.</summary>
internal static class SyntaxMessage
{
    public static string Of(IToken token, IReadOnlyList<string> expected)
    {
        var wanted = expected.Count switch
        {
            0 => "",
            1 => $"; expected {expected[0]}",
            _ => $"; expected {string.Join(", ", expected.Take(expected.Count - 1))} or {expected[^1]}",
        };
        return token.Type switch
        {
            TokenConstants.EOF => $"the file cannot end here{wanted}",
            FlowLexer.NEWLINE => $"the line cannot end here{wanted}",
            FlowLexer.UNCLOSED => "the text has no closing quote on its line, or characters that a text cannot have",
            FlowLexer.OTHER when char.IsControl(token.Text[0]) || char.IsSurrogate(token.Text[0]) => $"the character U+{(int)token.Text[0]:X4} cannot stand here{wanted}",
            FlowLexer.WORD when Suggestion.For(token.Text, FlowWords.Keywords.AsSpan()) is { } meant => $"'{token.Text}' cannot stand here; did you mean '{meant}'?",
            _ when FlowWords.Assertions.Contains(token.Type) && expected.Contains("'test'") => $"'{token.Text}' stands in no test; write it between test \"NAME\" {{ and }}",
            _ => $"'{token.Text}' cannot stand here{wanted}",
        };
    }
}
