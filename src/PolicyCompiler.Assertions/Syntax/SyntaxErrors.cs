using Antlr4.Runtime;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Assertions.Syntax;

/// <summary>What the parser reports, as findings.</summary>
internal sealed class SyntaxErrors(TokenText text, List<Diagnostic> findings) : BaseErrorListener
{
    public override void SyntaxError(
        TextWriter output, IRecognizer recognizer, IToken offendingSymbol, int line, int charPositionInLine, string msg, RecognitionException e) =>
        findings.Add(FlowDiagnostics.Syntax.At(text.SpanOf(offendingSymbol), msg));
}
