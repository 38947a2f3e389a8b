using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel;
using PolicyCompiler.Kernel.Emulation;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Cli.Commands;

/// <summary>The pipeline with the real back ends, and how its findings become exit codes.</summary>
internal static class CompilerHost
{
    public static ICodeGenerator CodeGenerator { get; } = new LlvmCodeGenerator();

    /// <summary>Compiles what the user named; the terminal shows the stages.</summary>
    public static Compilation Compile(CompileRequest request, Terminal terminal)
    {
        using var standardInput = Console.OpenStandardInput();
        var compilation = Compile(request with { Progress = terminal.Stages.Show }, standardInput);
        terminal.Stages.Clear();
        return compilation;
    }

    public static Compilation Compile(CompileRequest request, Stream standardInput) =>
        new CompilePipeline(CodeGenerator, new LibbpfVerifier(), standardInput).Compile(request);

    /// <summary>What the policies say weighs more than what the machine lacks, which another machine may have.</summary>
    public static int ExitCodeOf(IReadOnlyCollection<Diagnostic> diagnostics, bool warningsAsErrors)
    {
        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error
            || (warningsAsErrors && d.Severity == DiagnosticSeverity.Warning)).ToList();
        return errors.Count == 0 ? ExitCode.Ok
            : errors.All(d => KernelDiagnostics.IsEnvironment(d) || EmulationDiagnostics.IsEnvironment(d) || CodeGenDiagnostics.IsEnvironment(d)) ? ExitCode.Environment
            : ExitCode.Failed;
    }
}
