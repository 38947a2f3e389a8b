namespace PolicyCompiler.Core.Bpf;

/// <summary>What stands in for features that the target kernel lacks. Bits as in the template's alternatives.h.</summary>
[Flags]
public enum KernelAlternatives
{
    None = 0,

    /// <summary>Locks in a map for atomic operations (Linux 5.12).</summary>
    Locks = 1,

    /// <summary>The exact clock for the coarse one (Linux 5.11), which is faster to read.</summary>
    ExactClock = 2,
}
