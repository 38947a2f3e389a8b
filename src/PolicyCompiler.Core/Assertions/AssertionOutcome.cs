namespace PolicyCompiler.Core.Assertions;

public enum AssertionOutcome
{
    Passed,
    Failed,

    /// <summary>An optional end is empty in this cluster, so there was nothing to check.</summary>
    Skipped,
}
