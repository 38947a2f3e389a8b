namespace PolicyCompiler.Core.Assertions;

/// <summary>What was found about two members.</summary>
/// <param name="Failure">Null: all flows between them are as asserted.</param>
internal sealed record PairResult(PairFailure? Failure);
