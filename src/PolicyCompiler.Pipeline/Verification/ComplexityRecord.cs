namespace PolicyCompiler.Pipeline.Verification;

/// <summary>What one kernel's verifier did for one program.</summary>
/// <param name="Kernel">As the reader named it.</param>
/// <param name="Input">The bundle, or the policies.</param>
/// <param name="Subject">The first endpoint that the program serves.</param>
/// <param name="Program">The program's name.</param>
/// <param name="ProcessedInstructions">Instructions walked over all paths.</param>
public sealed record ComplexityRecord(string Kernel, string Input, string Subject, string Program, int ProcessedInstructions);
