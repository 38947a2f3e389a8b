using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel.Emulation;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Verification;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc verify --kernel</c>: the same objects before several kernels, side by side.</summary>
internal sealed class KernelComparison(InputOptions input, KernelOptions options, ParseResult result, OutputFormat format, Terminal terminal)
{
    public int Run()
    {
        var paths = result.GetRequiredValue(input.Paths);
        var read = paths.All(BundleReader.IsBundle) ? ReadBundles(paths) : Compile(paths);
        if (read.Value is not { } inputs || read.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
        {
            return terminal.Fail(CompilerHost.ExitCodeOf(read.Diagnostics, result.GetValue(input.WarningsAsErrors)), read.Diagnostics, format);
        }

        if (inputs.All(i => i.Objects.IsEmpty))
        {
            return terminal.Fail(ExitCode.Failed, [.. read.Diagnostics, CliDiagnostics.NothingToVerify.At(SourceSpan.None)], format);
        }

        var answers = KernelMatrix.Verify(options.ChoicesOf(result), inputs, new DebianKernels(DebianKernels.DefaultCache));
        var verdicts = answers.Value!;
        Diagnostic[] findings = [.. read.Diagnostics, .. answers.Diagnostics, .. CompareWithBaseline(verdicts, inputs)];
        var exitCode = ExitCodeOf(verdicts, findings);
        terminal.Report(findings);
        WriteLogs(verdicts);
        if (format == OutputFormat.Json)
        {
            KernelTable.WriteJson(verdicts, inputs, findings, exitCode, terminal);
        }
        else
        {
            KernelTable.WriteText(verdicts, inputs, exitCode, terminal);
        }

        return exitCode;
    }

    private static Stage<IReadOnlyList<VerificationInput>> ReadBundles(string[] paths)
    {
        var inputs = new List<VerificationInput>();
        foreach (var path in paths.Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal))
        {
            var bundle = BundleReader.Read(path);
            var read = bundle.Value is null ? Stage.Of<VerificationInput>(null, bundle.Diagnostics) : VerificationInputs.Of(path, bundle.Value);
            if (read.Value is null)
            {
                return Stage.Of<IReadOnlyList<VerificationInput>>(null, read.Diagnostics);
            }

            inputs.Add(read.Value);
        }

        return Stage.Of<IReadOnlyList<VerificationInput>>(inputs);
    }

    private Stage<IReadOnlyList<VerificationInput>> Compile(string[] paths)
    {
        var compilation = CompilerHost.Compile(input.RequestOf(result, CompileStage.Objects), terminal);
        return compilation.Succeeded
            ? Stage.Of<IReadOnlyList<VerificationInput>>([VerificationInputs.Of(string.Join(' ', paths), compilation)], compilation.Diagnostics)
            : Stage.Of<IReadOnlyList<VerificationInput>>(null, compilation.Diagnostics);
    }

    private IEnumerable<Diagnostic> CompareWithBaseline(IReadOnlyList<KernelVerdicts> verdicts, IReadOnlyList<VerificationInput> inputs)
    {
        if (result.GetValue(options.Baseline) is not { } file)
        {
            return [];
        }

        var now = Baseline.Of(verdicts, inputs);
        if (!result.GetValue(options.UpdateBaseline))
        {
            var before = Baseline.Read(file);
            return before.Value is null ? before.Diagnostics : BaselineCheck.Compare(before.Value, now, options.GrowthOf(result));
        }

        // A kernel that did not answer would be missing from then on.
        var problem = verdicts.All(v => v.Outcome == VerificationOutcome.Accepted)
            ? now.Write(file)
            : BaselineDiagnostics.NotWritten.At(SourceSpan.None, file, "not every kernel has accepted the programs");
        return problem is null ? [] : [problem];
    }

    // A refusal is certain, whatever other kernels left open.
    private int ExitCodeOf(IReadOnlyList<KernelVerdicts> verdicts, IReadOnlyCollection<Diagnostic> findings) =>
        verdicts.Any(v => v.Outcome == VerificationOutcome.Rejected) ? ExitCode.Failed
        : CompilerHost.ExitCodeOf(findings, result.GetValue(input.WarningsAsErrors));

    private void WriteLogs(IReadOnlyList<KernelVerdicts> verdicts)
    {
        foreach (var (verdict, item) in verdicts.SelectMany(v => v.Reports.SelectMany(r => r.Objects), (v, o) => (v, o)))
        {
            if (terminal.Verbose && item.Outcome == VerificationOutcome.Rejected)
            {
                terminal.Error.WriteLine($"verifier log of {item.ObjectName} on kernel {verdict.Kernel}:");
                terminal.Error.WriteLine(item.Log);
            }
        }
    }
}
