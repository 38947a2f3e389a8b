namespace PolicyCompiler.Core.Bpf;

public enum VerificationOutcome
{
    /// <summary>The kernel was not asked: nothing is known.</summary>
    NotRun,

    /// <summary>The kernel's verifier accepted those very bytes.</summary>
    Accepted,

    Rejected,
}
