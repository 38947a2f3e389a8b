using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Assertions on the answer of a program: what happens to the packet must follow from the verdict word.</summary>
internal static class Expect
{
    public static void Policy(TestRunResult result, VerdictWord verdict, string because = "")
    {
        Assert.True(result.Verdict == verdict, $"expected {verdict}, got {result.Verdict} {because}");
        Assert.True(result.Passes != verdict.Action.IsDrop(), $"{verdict} with return value {result.ReturnValue} {because}");
    }

    public static void Allowed(TestRunResult result, Direction direction, string because = "") =>
        Policy(result, DatapathPolicy.Allow(direction), because);

    public static void Denied(TestRunResult result, Direction direction, string because = "") =>
        Policy(result, DatapathPolicy.Deny(direction), because);

    /// <summary>A decision that the template takes by itself.</summary>
    public static void Fixed(TestRunResult result, DecisionKind kind, Direction direction, string because = "") => Policy(
        result,
        new VerdictWord(
            kind is DecisionKind.NotIsolated or DecisionKind.NodeLocal or DecisionKind.Link or DecisionKind.Related
                ? VerdictAction.Allow
                : VerdictAction.Drop,
            DecisionInfo.FixedId(kind, direction)),
        because);
}
