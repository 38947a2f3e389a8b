using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>What one side of a flow says about ports.</summary>
/// <param name="Range">Port keys.</param>
/// <param name="Word">The verdict; all zero where nothing is decided.</param>
/// <param name="IsOpen">It does not drop.</param>
internal readonly record struct PortVerdict(PortKeyRange Range, VerdictWord Word, bool IsOpen);
