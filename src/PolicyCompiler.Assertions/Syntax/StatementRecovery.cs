using Antlr4.Runtime;
using PolicyCompiler.Assertions.Generated;

namespace PolicyCompiler.Assertions.Syntax;

/// <summary>
/// One finding for each broken statement: after a mistake the parser goes on at the next line that starts a statement,
/// whatever rule it was in. Keywords are names too, so one inside a line is no place to go on at.
/// </summary>
internal sealed class StatementRecovery : DefaultErrorStrategy
{
    public override void ReportError(Parser recognizer, RecognitionException e)
    {
        if (!InErrorRecoveryMode(recognizer))
        {
            BeginErrorCondition(recognizer);
            var token = WhereItIsMissed(recognizer, e.OffendingToken);
            // Where several tokens were read to decide, what could stand at the first of them says nothing of the last.
            var expected = e is NoViableAltException { StartToken: var start } && start != e.OffendingToken ? [] : FlowWords.Describe(e.GetExpectedTokens());
            recognizer.NotifyErrorListeners(token, SyntaxMessage.Of(token, [.. expected]), e);
        }
    }

    public override void Recover(Parser recognizer, RecognitionException e)
    {
        switch (recognizer.Context)
        {
            case FlowParser.AssertionContext or FlowParser.DefinitionContext:
                SkipTo(recognizer, isBodyEnd: true);
                break;
            case FlowParser.TestContext or FlowParser.FileContext:
                SkipTo(recognizer, isBodyEnd: false);
                break;
        }
    }

    public override IToken RecoverInline(Parser recognizer)
    {
        var mismatch = new InputMismatchException(recognizer);
        if (recognizer.Context is not FlowParser.TestContext)
        {
            throw mismatch;
        }

        // The head of a test is mended, so that what is in it is read. A quote that is not closed took the brace with it.
        if (recognizer.Context is not FlowParser.TestContext { title.TokenIndex: < 0 })
        {
            ReportError(recognizer, mismatch);
        }

        var expected = recognizer.GetExpectedTokens();
        if (!expected.Contains(FlowWords.CloseBody))
        {
            while (recognizer.CurrentToken.Type is not (FlowLexer.NEWLINE or TokenConstants.EOF) && recognizer.CurrentToken.Type != FlowWords.OpenBody)
            {
                recognizer.Consume();
            }
        }

        var token = recognizer.CurrentToken;
        if (expected.Contains(token.Type))
        {
            recognizer.Consume();
            return token;
        }

        return GetMissingSymbol(recognizer);
    }

    public override void Sync(Parser recognizer)
    {
        var type = recognizer.CurrentToken.Type;
        var isExpected = recognizer.Context switch
        {
            FlowParser.TestContext => type == FlowWords.OpenBody || type == FlowWords.CloseBody || FlowWords.Assertions.Contains(type) || FlowWords.Statements.Contains(type),
            FlowParser.FileContext => FlowWords.Statements.Contains(type),
            _ => true,
        };
        if (isExpected || type is FlowLexer.NEWLINE or TokenConstants.EOF)
        {
            return;
        }

        if (!InErrorRecoveryMode(recognizer))
        {
            BeginErrorCondition(recognizer);
            recognizer.NotifyErrorListeners(
                recognizer.CurrentToken,
                SyntaxMessage.Of(recognizer.CurrentToken, recognizer.Context is FlowParser.FileContext
                    ? ["'let'", "'test'"]
                    : IsAtLineStart(recognizer) ? ["'allow'", "'deny'", "'only'", "'}'"] : ["the end of the line"]),
                null);
        }

        SkipTo(recognizer, isBodyEnd: recognizer.Context is FlowParser.TestContext);
    }

    /// <summary>The next line that starts a statement, or the end of the test that is being read.</summary>
    private static void SkipTo(Parser recognizer, bool isBodyEnd)
    {
        while (recognizer.CurrentToken.Type is var type && type != TokenConstants.EOF
            && !(isBodyEnd && type == FlowWords.CloseBody)
            && !(IsAtLineStart(recognizer) && (FlowWords.Statements.Contains(type) || (isBodyEnd && FlowWords.Assertions.Contains(type)))))
        {
            recognizer.Consume();
        }
    }

    /// <summary>What a line lacks is missed at its end, not at the statement after it.</summary>
    private static IToken WhereItIsMissed(Parser recognizer, IToken token)
    {
        var isNext = token.Type == TokenConstants.EOF || token.Type == FlowWords.CloseBody || FlowWords.Statements.Contains(token.Type) || FlowWords.Assertions.Contains(token.Type);
        var before = isNext && token.TokenIndex > 0 && recognizer.Context is not (FlowParser.TestContext or FlowParser.FileContext)
            ? ((ITokenStream)recognizer.InputStream).Get(token.TokenIndex - 1) : token;
        return before.Type == FlowLexer.NEWLINE ? before : token;
    }

    private static bool IsAtLineStart(Parser recognizer) => recognizer.CurrentToken.TokenIndex is var index
        && (index == 0 || ((ITokenStream)recognizer.InputStream).Get(index - 1).Type == FlowLexer.NEWLINE);
}
