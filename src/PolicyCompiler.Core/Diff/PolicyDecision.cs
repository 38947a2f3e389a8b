using System.Collections.Immutable;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>What decides one direction of a flow on one side.</summary>
/// <param name="Kind">What decides: a rule, a default deny...</param>
/// <param name="Passes">It does not drop the flow.</param>
/// <param name="Rules">The deciding rules; of a default deny the policies that isolate.</param>
public sealed record PolicyDecision(DecisionKind Kind, bool Passes, ImmutableArray<RuleReference> Rules);
