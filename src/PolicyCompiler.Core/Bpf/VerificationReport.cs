using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>What is known about the verification of a bundle's objects.</summary>
/// <param name="Outcome">Accepted only when every object was.</param>
/// <param name="Reason">Why it was not run; empty otherwise.</param>
/// <param name="Kernel">Release of the kernel that answered; empty when none did.</param>
/// <param name="Objects">One entry an object that was tried.</param>
public sealed record VerificationReport(
    VerificationOutcome Outcome, string Reason, string Kernel, ImmutableArray<ObjectVerification> Objects)
{
    public static VerificationReport NotRun(string reason) => new(VerificationOutcome.NotRun, reason, "", []);
}
