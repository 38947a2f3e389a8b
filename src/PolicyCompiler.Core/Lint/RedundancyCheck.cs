using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Lint;

/// <summary>Findings about what can go.</summary>
internal static class RedundancyCheck
{
    private const int Shown = 10;

    public static IEnumerable<LintFinding> Check(LintModel model) => RedundancyFinder.Find(model.Policies, model.Cells)
        // Rules of nobody's peers and ports have findings of their own, which say why.
        .Where(found => found.Kind != RedundancyKind.MatchesNothing || !found.Unit.Rules.Any(r => model.HasEmptyPart(r)))
        .Select(found => Report(model.Graph, found));

    private static LintFinding Report(RuleGraph graph, RedundantUnit found)
    {
        var descriptor = (found.Kind, found.Scope) switch
        {
            _ when found is { Unit.IsPolicy: true, Kind: not RedundancyKind.DenyWithoutEffect } => LintDiagnostics.PolicyChangesNothing,
            (RedundancyKind.MatchesNothing, _) => LintDiagnostics.RuleMatchesNothing,
            (RedundancyKind.DenyWithoutEffect, _) => LintDiagnostics.DenyWithoutEffect,
            (RedundancyKind.Shadowed, LintScope.AnyPods) => LintDiagnostics.ShadowedRule,
            (RedundancyKind.Shadowed, _) => LintDiagnostics.ShadowedInThisCluster,
            (_, LintScope.AnyPods) => LintDiagnostics.RedundantRule,
            _ => LintDiagnostics.RedundantInThisCluster,
        };
        var notes = found.By.Length > 1
            ? found.By.Take(Shown).Select(r => $"in its place: {RuleText.Of(graph, r)}").Concat(found.By.Length > Shown ? [$"and {found.By.Length - Shown} more rules"] : [])
            : [];
        return new LintFinding(descriptor.At(found.Unit.Span, found.Unit, Reason(graph, found)) with { Notes = [.. notes] }, found);
    }

    private static string Reason(RuleGraph graph, RedundantUnit found) => found switch
    {
        { Scope: LintScope.AnyPods } => string.Join(" and ", found.By.Select(r => RuleText.Of(graph, r))),
        { By: [] } when found.Unit.Rules.IsEmpty && !found.Unit.IsPolicy => "it allows and denies nobody",
        { By: [], Unit: { IsPolicy: true, Rules: [] } } => "others isolate its endpoints as well",
        { By: [], ByDefault: false } => "it matches nothing, and others isolate its endpoints as well",
        { By: [], Kind: RedundancyKind.DenyWithoutEffect } => "no rule allows it",
        { By: [] } => found.Unit.Rules.Any(r => r.Action == RuleAction.Allow && !r.FailsAuthentication) ? "all of it is allowed by default" : "the default decides the same",
        { By: [var first, .. var rest] } => (rest.Length, found.ByDefault) switch
        {
            (0, false) => $"{RuleText.Of(graph, first)} decides",
            (0, true) => $"{RuleText.Of(graph, first)} or the default decides",
            (_, false) => $"{RuleText.Of(graph, first)} and {rest.Length} more decide",
            _ => $"{RuleText.Of(graph, first)}, {rest.Length} more or the default decide",
        },
    };
}
