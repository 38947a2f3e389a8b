using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// Exceptions of blocks that hide nothing: every address in them is decided as if the rule matched it. Each cell of an
/// identity in the exception is decided once as it is and once with the rule's entry among those that match.
/// </summary>
internal static class ExceptCheck
{
    public static IEnumerable<LintFinding> Check(LintModel model)
    {
        var identities = new ExceptIdentities(model.Tables);
        var nothing = new Removal(model.Graph, []);
        foreach (var policy in model.Graph.Policies.Where(p => model.SelectedBy(p).Count > 0))
        {
            foreach (var rule in policy.Rules)
            {
                foreach (var cidr in rule.Peers.OfType<Peer.Cidr>().Where(c => !c.Block.Except.IsEmpty))
                {
                    foreach (var except in cidr.Block.Except)
                    {
                        var found = identities.Within(except, cidr.Scope);
                        var deciders = new HashSet<Rule>();
                        if (found.Count > 0 && model.Cells.Of(policy).Where(c => c.Policy.Direction == rule.Direction)
                            .All(c => HidesNothing(model, c, rule, found, nothing, deciders)))
                        {
                            var by = deciders.OrderBy(r => r.Id.Value).FirstOrDefault();
                            var reason = by is null ? "the default decides" : $"{RuleText.Of(model.Graph, by)} decides";
                            yield return new LintFinding(LintDiagnostics.ExceptHidesNothing.At(SpanOf(cidr, rule), except, cidr.Block.Cidr, reason));
                        }
                    }
                }
            }
        }
    }

    private static bool HidesNothing(
        LintModel model, DirectionCells cells, Rule rule, IReadOnlyList<int> identities, Removal nothing, HashSet<Rule> deciders)
    {
        var isolated = !cells.Policy.Isolating.IsEmpty;
        var own = Enumerable.Range(0, cells.Entries.Length).Where(e => cells.Entries[e].Rule == rule.Id).ToHashSet();
        return own.Count > 0 && identities.Select(cells.EntriesOf).Distinct().All(signature => cells.Visit([.. signature.Union(own).Order()], matching =>
        {
            var with = matching.ToArray();
            if (!Array.Exists(with, own.Contains))
            {
                return true;
            }

            int[] without = [.. with.Where(e => !own.Contains(e) || signature.Contains(e))];
            var now = model.Cells.Evaluator.Evaluate(cells.Entries, without, nothing, isolated, out var decider);
            if (decider != CellEvaluator.Default && cells.Entries[decider].Rule is { } id)
            {
                deciders.Add(model.Graph.Rules[id.Value]);
            }

            return now == model.Cells.Evaluator.Evaluate(cells.Entries, with, nothing, isolated, out _);
        }));
    }

    private static SourceSpan SpanOf(Peer.Cidr cidr, Rule rule) => cidr.Span.IsKnown ? cidr.Span : rule.Span;
}
