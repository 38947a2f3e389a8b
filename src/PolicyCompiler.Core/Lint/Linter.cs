using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// What is odd about policies that compile: each finding is proven on the rule graph and the tables of the compile, and
/// nothing is decided anew.
/// </summary>
public static class Linter
{
    /// <param name="policies">The policies as written.</param>
    /// <param name="tables">Their tables.</param>
    /// <returns>In the order of the texts' paths, then of the text; empty where the input has no endpoint, which the graph says.</returns>
    public static ImmutableArray<LintFinding> Check(PolicySet policies, PolicyTables tables)
    {
        if (tables.Graph.Cluster.Endpoints.IsEmpty)
        {
            return [];
        }

        var model = new LintModel(policies, tables);
        return
        [
            .. RedundancyCheck.Check(model)
                .Concat(SelectorCheck.Check(model))
                .Concat(PortCheck.Check(model))
                .Concat(OpennessCheck.Check(model))
                .Concat(ExceptCheck.Check(model))
                .Concat(DnsCheck.Check(model))
                .Concat(TypoCheck.Check(model))
                .OrderBy(f => f.Diagnostic.Span.Source?.Path, StringComparer.Ordinal)
                .ThenBy(f => f.Diagnostic.Span.Line).ThenBy(f => f.Diagnostic.Span.Column).ThenBy(f => f.Diagnostic.Code, StringComparer.Ordinal)
                .ThenBy(f => f.Diagnostic.Message, StringComparer.Ordinal),
        ];
    }
}
