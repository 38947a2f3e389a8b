using System.Collections.Immutable;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Assertions.Syntax;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Assertions.Building;

/// <summary>The tree of a file -> its tests. Statements with syntax errors are left out; what they define counts as defined.</summary>
internal sealed class SuiteBuilder(TokenText text, List<Diagnostic> findings)
{
    private readonly Variables _variables = new(text, findings);
    private readonly bool _hasSyntaxErrors = findings.Count > 0;
    private readonly Dictionary<string, IToken> _titles = new(StringComparer.Ordinal);

    public AssertionSuite Build(FlowParser.FileContext file)
    {
        var assertions = new AssertionBuilder(text, new SetBuilder(text, _variables, findings), findings);
        var tests = ImmutableArray.CreateBuilder<AssertionTest>();
        foreach (var statement in file.statement())
        {
            if (statement.definition() is { } definition)
            {
                Define(definition);
            }
            else if (statement.test() is { title: { } title } test)
            {
                tests.Add(TestOf(test, title, assertions));
            }
        }

        // A use may stand in what could not be read.
        if (!_hasSyntaxErrors)
        {
            _variables.ReportUnused();
            if (tests.Count == 0)
            {
                findings.Add(FlowDiagnostics.NoTests.At(new SourceSpan(text.Source, 1, 1, 0)));
            }
        }

        return new AssertionSuite(text.Source, tests.ToImmutable());
    }

    private void Define(FlowParser.DefinitionContext definition)
    {
        if (definition.name is not { TokenIndex: >= 0 } name)
        {
            return;
        }

        var set = IsBroken(definition) ? new FlowSet.Nothing(SourceSpan.None) : new SetBuilder(text, _variables, findings).Build(definition.set());
        _variables.Define(name, set);
    }

    private AssertionTest TestOf(FlowParser.TestContext test, IToken title, AssertionBuilder assertions)
    {
        var name = title.TokenIndex >= 0 ? TokenText.Unquoted(title) : "";
        if (name.Length > 0 && !_titles.TryAdd(name, title))
        {
            findings.Add(FlowDiagnostics.NameTaken.At(text.SpanOf(title), "the test", name, $"is already on line {_titles[name].Line}"));
        }

        if (!_hasSyntaxErrors && test.assertion().Length == 0)
        {
            findings.Add(FlowDiagnostics.NoAssertions.At(text.SpanOf(title), name));
        }

        for (var i = 1; i < test.assertion().Length; i++)
        {
            if (test.assertion(i - 1).Stop is { } before && before.Line == test.assertion(i).Start.Line)
            {
                findings.Add(FlowDiagnostics.Syntax.At(text.SpanOf(test.assertion(i).Start), "an assertion starts on a line of its own"));
            }
        }

        var span = title.TokenIndex >= 0 ? text.SpanOf(title) : text.SpanOf(test.Start);
        return new AssertionTest(name, [.. test.assertion().Where(a => !IsBroken(a)).Select(assertions.Build)], span);
    }

    private static bool IsBroken(IParseTree tree) => tree is IErrorNode or ParserRuleContext { exception: not null }
        || Enumerable.Range(0, tree.ChildCount).Any(i => IsBroken(tree.GetChild(i)));
}
