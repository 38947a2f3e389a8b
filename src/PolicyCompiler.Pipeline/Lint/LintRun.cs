using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Frontend.Lint;

namespace PolicyCompiler.Pipeline.Lint;

/// <summary>Lint as a reader of a compile that went as far as the tables.</summary>
public static class LintRun
{
    /// <summary>All findings of the compile and of lint, after suppressions and severities.</summary>
    /// <param name="compilation">Has tables.</param>
    /// <param name="configuration">The severities.</param>
    public static LintResult Check(Compilation compilation, LintConfiguration configuration)
    {
        // Lint names every policy of those of which the graph counts.
        var ofCompile = compilation.Diagnostics.Where(d => d.Descriptor != GraphDiagnostics.SelectsNothing).Select(d => new LintFinding(d));
        ImmutableArray<LintSuppression> suppressions = [.. compilation.Sources.SelectMany(s => LintSuppressionReader.Read(s))];
        return LintFilter.Apply(
            [.. ofCompile, .. Linter.Check(compilation.Input!.Policies, compilation.Tables!)], suppressions, configuration);
    }
}
