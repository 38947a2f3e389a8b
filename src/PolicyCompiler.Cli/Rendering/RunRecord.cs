using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Agreement;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>What one run found, kept for the reports that are written when it has ended.</summary>
internal sealed class RunRecord
{
    /// <summary>In the order they were reported.</summary>
    public List<Diagnostic> Findings { get; } = [];

    public Compilation? Compilation { get; set; }

    public AgreementReport? Agreement { get; set; }

    /// <summary>The verdict on a bundle; that on policies is in the compilation.</summary>
    public VerificationReport? Verification { get; set; }
}
