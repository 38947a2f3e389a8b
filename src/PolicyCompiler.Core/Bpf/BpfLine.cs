namespace PolicyCompiler.Core.Bpf;

/// <summary>A line record of .BTF.ext: the instruction at <paramref name="InstructionIndex"/> and those after it come from there.</summary>
/// <param name="InstructionIndex">In 8-byte slots from the start of the program.</param>
/// <param name="Path">As the object records it.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Text">The source line, if it was embedded.</param>
public sealed record BpfLine(int InstructionIndex, string Path, int Line, int Column, string Text);
