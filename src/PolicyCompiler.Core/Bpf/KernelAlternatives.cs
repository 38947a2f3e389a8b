namespace PolicyCompiler.Core.Bpf;

/// <summary>What stands in for features that the target kernel lacks. The bits that the template knows are those of its alternatives.h.</summary>
[Flags]
public enum KernelAlternatives
{
    None = 0,

    /// <summary>Locks in a map for atomic operations (Linux 5.12).</summary>
    Locks = 1,

    /// <summary>The exact clock for the coarse one (Linux 5.11), which is faster to read.</summary>
    ExactClock = 2,

    /// <summary>
    /// Functions that are verified with each of their callers, for those that are verified by themselves and take pointers
    /// to memory (Linux 5.12): more for the verifier to walk.
    /// </summary>
    StaticFunctions = 4,
}
