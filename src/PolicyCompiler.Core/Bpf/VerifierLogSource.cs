namespace PolicyCompiler.Core.Bpf;

/// <summary>A source annotation in a kernel verifier log: <c>; text @ file:line</c>. The kernel prints the file's last name only.</summary>
/// <param name="Text">The source line.</param>
/// <param name="FileName">Without folders; empty on kernels before 6.10, which print the text alone.</param>
/// <param name="Line">1-based; 0 when not printed.</param>
public sealed record VerifierLogSource(string Text, string FileName, int Line);
