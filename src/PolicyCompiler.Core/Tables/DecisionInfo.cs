using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Tables;

/// <summary>The meaning of a decision id in verdict words, counters and drop events.</summary>
/// <param name="Id">The id.</param>
/// <param name="Kind">What decided.</param>
/// <param name="Direction">Direction of the packet, for fixed decisions; of the connection otherwise.</param>
/// <param name="Action">What follows from it.</param>
/// <param name="Reason">Drop reason; none when the action is allow.</param>
/// <param name="Rule">The rule, if one decided.</param>
/// <param name="DirectionPolicy">Index of the direction policy whose default deny it is; -1 otherwise.</param>
public sealed record DecisionInfo(
    int Id, DecisionKind Kind, Direction Direction, VerdictAction Action, DropReason Reason, RuleId? Rule, int DirectionPolicy)
{
    /// <summary>The rules whose requests the proxy checks; null when no proxy is asked.</summary>
    public RedirectDecision? Proxy { get; init; }

    /// <summary>POLICYC_FIRST_POLICY_DECISION: ids below it belong to the template.</summary>
    public const int FirstPolicyDecision = 64;

    /// <summary>Id of a decision of the template.</summary>
    public static int FixedId(DecisionKind kind, Direction direction) => ((int)kind * 2) + (int)direction;

    /// <summary>Id of a rule's decision.</summary>
    public static int RuleDecisionId(RuleId rule) => FirstPolicyDecision + rule.Value;

    public VerdictWord Verdict => new(Action, Id);
}
