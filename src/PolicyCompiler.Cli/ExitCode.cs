namespace PolicyCompiler.Cli;

/// <summary>What the process returns. CI pipelines depend on these numbers.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Policy errors, verifier rejection, disagreement.</summary>
    public const int Failed = 1;

    public const int Usage = 2;

    /// <summary>The machine lacks something; the finding says what and how to get it.</summary>
    public const int Environment = 3;

    /// <summary>A bug of policyc.</summary>
    public const int Internal = 70;
}
