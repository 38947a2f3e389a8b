namespace PolicyCompiler.Core.Bpf;

public enum VerificationOutcome
{
    /// <summary>The kernel was not asked: nothing is known.</summary>
    NotRun,

    /// <summary>The kernel's verifier accepted those very bytes.</summary>
    Accepted,

    Rejected,

    /// <summary>The kernel was asked and did not answer, as when an emulator hangs: nothing is known.</summary>
    NoResult,
}
