using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Lint;
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

    /// <summary>The assertions that were checked.</summary>
    public TestReport? Tests { get; set; }

    /// <summary>What an earlier state decides differently.</summary>
    public DiffListing? Differences { get; set; }

    /// <summary>What lint found, the findings of the compile included; null: it was not asked for.</summary>
    public LintResult? Lint { get; set; }

    /// <summary>The verdict on a bundle; that on policies is in the compilation.</summary>
    public VerificationReport? Verification { get; set; }
}
