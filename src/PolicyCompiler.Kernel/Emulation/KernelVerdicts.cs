using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>What one kernel said.</summary>
/// <param name="Kernel">As the reader named it.</param>
/// <param name="Reports">One an input, in their order.</param>
public sealed record KernelVerdicts(string Kernel, IReadOnlyList<VerificationReport> Reports)
{
    /// <summary>The kernel's own name for its version; empty when it gave no result.</summary>
    public string Release => Reports.Select(r => r.Kernel).FirstOrDefault(r => r.Length > 0) ?? "";

    public VerificationOutcome Outcome => Reports.Any(r => r.Outcome == VerificationOutcome.Rejected) ? VerificationOutcome.Rejected
        : Reports.All(r => r.Outcome == VerificationOutcome.Accepted) ? VerificationOutcome.Accepted
        : VerificationOutcome.NoResult;
}
