namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// The policy line that generated code carries as its debug location, so that the kernel verifier's log and a dump of
/// the loaded program name it.
/// </summary>
/// <param name="LogicalPath">Path of the policy file relative to the input; empty when no line is responsible.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="LineText">The text of that line, embedded as debug source; it is visible to whoever may dump the BTF.</param>
public readonly record struct PlanOrigin(string LogicalPath, int Line, int Column, string LineText)
{
    public static PlanOrigin None { get; } = new("", 0, 0, "");

    public bool IsKnown => Line > 0;
}
