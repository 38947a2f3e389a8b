using System.Collections.Immutable;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Cli.Report;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Comparison;
using PolicyCompiler.Pipeline.Inputs;
using PolicyCompiler.Pipeline.Lint;

namespace PolicyCompiler.Cli.Commands;

/// <summary>
/// Lint, assertions and the comparison with an earlier state, as readers of one compile: nothing is read or evaluated twice.
/// Each leaves what it found in the run's record; all of them are asked, whatever the others found.
/// </summary>
internal sealed class Gates(GateRequest request, CompileRequest compiled, Terminal terminal)
{
    /// <returns>The compile with all findings.</returns>
    public Compilation Ask(Compilation compilation)
    {
        if (compilation.Tables is null)
        {
            return compilation;
        }

        var found = new List<Diagnostic>();
        if (request.Lint)
        {
            terminal.Stages.Show("linting");
            compilation = compilation with { Diagnostics = Lint(compilation) };
        }

        if (!request.Assertions.IsEmpty)
        {
            terminal.Stages.Show("checking assertions");
            found.AddRange(Assert(compilation));
        }

        if (request.Allowed is { } allowed)
        {
            found.AddRange(allowed.Succeeded ? Compare(compilation) : allowed.Diagnostics);
        }

        terminal.Stages.Clear();
        return compilation with { Diagnostics = compilation.Diagnostics.AddRange(found) };
    }

    /// <summary>Lint has a say in the compile's own findings: their severities, and that comments suppress them.</summary>
    private ImmutableArray<Diagnostic> Lint(Compilation compilation)
    {
        var configuration = LintConfigurationFile.Read(request.LintConfiguration, compiled.Paths[0]);
        if (!configuration.Succeeded)
        {
            return [.. compilation.Diagnostics, .. configuration.Diagnostics];
        }

        var result = LintRun.Check(compilation, configuration.Value!);
        terminal.Run.Lint = result;
        return [.. configuration.Diagnostics, .. result.Findings.Select(f => f.Diagnostic)];
    }

    private List<Diagnostic> Assert(Compilation compilation)
    {
        var suites = AssertionFileReader.Read([], request.Assertions);
        if (!suites.Succeeded)
        {
            return [.. suites.Diagnostics];
        }

        var report = TestReport.Of(compilation, suites.Value!, asksKernel: false);
        terminal.Run.Tests = report;
        return [.. suites.Diagnostics, .. report.Findings];
    }

    private ImmutableArray<Diagnostic> Compare(Compilation compilation)
    {
        var directory = Directory.GetCurrentDirectory();
        var old = DiffOperands.ResolveOld(request.Against, compiled.Paths, directory);
        if (old.Value is null)
        {
            return [.. old.Diagnostics];
        }

        // Standard input was read by the compile.
        var compared = new ComparisonRequest(
            old.Value, new ComparedInput.Compiled(compilation, compiled.Paths), compiled.With, compiled.Options, compiled.DnsRecords)
        {
            Progress = terminal.Stages.Show,
        };
        var comparison = new ComparisonPipeline(CompilerHost.CodeGenerator, new LibbpfVerifier(), Stream.Null, directory).Compare(compared);
        var findings = DiffGate.FindingsOf(comparison, isGate: !request.FailOn.IsEmpty);
        if (comparison.Report is null)
        {
            return [.. findings];
        }

        var gate = DiffGate.Judge(comparison.Report, request.Allowed!.Value!, request.FailOn);
        terminal.Run.Differences = gate.Listing;
        var page = request.ChangesFile is { } file ? OutputFile.Write(file, output => DiffPage.Write(gate.Listing, DiffOperands.Names(compared), output)) : null;
        return [.. findings, .. gate.Findings, .. page is null ? [] : new[] { page }];
    }
}
