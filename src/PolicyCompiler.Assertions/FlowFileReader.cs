using System.Text.RegularExpressions;
using Antlr4.Runtime;
using PolicyCompiler.Assertions.Building;
using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Assertions.Syntax;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Assertions;

/// <summary>The text of a <c>.flow</c> file -> its tests. The language is that of grammar/Flow.g4.</summary>
public static partial class FlowFileReader
{
    /// <summary>Far beyond what anyone writes, and far from the end of the stack.</summary>
    private const int MaximumDepth = 100;

    public static Stage<AssertionSuite> Read(SourceText source)
    {
        var findings = new List<Diagnostic>();
        // Columns in UTF-16 units, as everywhere; code points would count otherwise.
        // The lexer counts line feeds only; offsets stay as they are.
        var lexer = new FlowLexer(new AntlrInputStream(CarriageReturn().Replace(source.Text, "\n")));
        lexer.RemoveErrorListeners();
        var tokens = new CommonTokenStream(lexer);
        tokens.Fill();
        var text = new TokenText(source);
        if (TooDeep(tokens) is { } paren)
        {
            return Stage.Of<AssertionSuite>(null, [FlowDiagnostics.TooDeep.At(text.SpanOf(paren), MaximumDepth)]);
        }

        var parser = new FlowParser(tokens) { ErrorHandler = new StatementRecovery() };
        parser.RemoveErrorListeners();
        parser.AddErrorListener(new SyntaxErrors(text, findings));
        var file = parser.file();
        var suite = new SuiteBuilder(text, findings).Build(file);
        return Stage.Of(suite, findings.OrderBy(d => d.Span.Line).ThenBy(d => d.Span.Column));
    }

    [GeneratedRegex("\r(?!\n)")]
    private static partial Regex CarriageReturn();

    private static IToken? TooDeep(CommonTokenStream tokens)
    {
        var depth = 0;
        foreach (var token in tokens.GetTokens())
        {
            depth = token.Type == FlowWords.Open ? depth + 1 : token.Type == FlowWords.Close ? Math.Max(0, depth - 1) : depth;
            if (depth > MaximumDepth)
            {
                return token;
            }
        }

        return null;
    }
}
