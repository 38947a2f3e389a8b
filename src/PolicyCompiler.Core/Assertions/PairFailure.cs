using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Assertions;

/// <summary>A flow that is not as asserted.</summary>
/// <param name="Answer">What was decided about it.</param>
/// <param name="Frontend">The service that led there; null: none.</param>
/// <param name="IsWrongReason">The verdict is right, but not for the reason that was expected.</param>
internal sealed record PairFailure(FlowAnswer Answer, ServiceFrontend? Frontend, bool IsWrongReason);
