namespace PolicyCompiler.Core.Bpf;

/// <summary>What the kernel verifier reported about one program it accepted; 0 where it did not say.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Instructions">8-byte slots in the object.</param>
/// <param name="ProcessedInstructions">Instructions the verifier walked over all paths (insns processed).</param>
/// <param name="PeakStates">Most states held at once.</param>
/// <param name="TotalStates">States in all.</param>
/// <param name="StackBytes">Stack depth.</param>
/// <param name="Microseconds">Verification time.</param>
public sealed record ProgramStatistics(
    string Program, int Instructions, int ProcessedInstructions, int PeakStates, int TotalStates, int StackBytes, int Microseconds);
