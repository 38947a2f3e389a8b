namespace PolicyCompiler.Kernel;

/// <summary>struct policyc_counter, summed over CPUs. Bytes are those of whole frames.</summary>
public readonly record struct DecisionCounter(ulong Packets, ulong Bytes);
