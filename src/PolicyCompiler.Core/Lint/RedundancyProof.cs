using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>Proves that a unit can go together with those that are removed already, and says what stands in its place.</summary>
/// <param name="cells">The cells.</param>
/// <param name="removal">What is removed already.</param>
/// <param name="nothing">A removal of nothing.</param>
internal sealed class RedundancyProof(CellTable cells, Removal removal, Removal nothing)
{
    /// <summary>By every cell of this cluster's tables; null: some cell changes.</summary>
    public RedundantUnit? Prove(RemovableUnit unit)
    {
        var deciders = new Dictionary<RuleId, int>();
        var (byDefault, any, shadowed, denied) = (false, false, true, true);
        removal.Add(unit);
        var holds = cells.Of(unit.Policy).All(c => Holds(unit, c));
        removal.Undo(unit);
        if (!holds)
        {
            return null;
        }

        var isDeny = !unit.Rules.IsEmpty && unit.Rules.All(r => r.Action == RuleAction.Deny);
        var kind = unit.IsPolicy ? (unit.Rules.All(r => r.Action == RuleAction.Deny) ? RedundancyKind.DenyWithoutEffect : RedundancyKind.Redundant)
            : !any ? (unit.Rules.IsEmpty ? RedundancyKind.Redundant : RedundancyKind.MatchesNothing)
            : shadowed ? RedundancyKind.Shadowed
            : isDeny && denied && byDefault ? RedundancyKind.DenyWithoutEffect
            : RedundancyKind.Redundant;
        ImmutableArray<Rule> by = [.. deciders.OrderByDescending(d => d.Value).ThenBy(d => d.Key.Value).Select(d => cells.Graph.Rules[d.Key.Value])];
        return new RedundantUnit(unit, kind, LintScope.ThisCluster, by, byDefault);

        bool Holds(RemovableUnit unit, DirectionCells c)
        {
            var isolated = removal.LeavesIsolated(c.Policy);
            var endsIsolation = !isolated && !c.Policy.Isolating.IsEmpty && unit.HoldsIsolation(c.Policy.Direction);
            var isOfUnit = c.Entries.Select(e => e.Rule is { } id && unit.Rules.Any(r => r.Id == id)).ToArray();
            foreach (var signature in c.Classes)
            {
                if (!endsIsolation && !Array.Exists(signature, e => isOfUnit[e]))
                {
                    continue;
                }

                var same = c.Visit(signature, matching =>
                {
                    var own = FirstOf(matching, isOfUnit);
                    if (own < 0 && !endsIsolation)
                    {
                        return true;
                    }

                    var now = cells.Evaluator.Evaluate(c.Entries, matching, nothing, !c.Policy.Isolating.IsEmpty, out _);
                    var then = cells.Evaluator.Evaluate(c.Entries, matching, removal, isolated, out var decider);
                    if (now != then)
                    {
                        return false;
                    }

                    if (own >= 0)
                    {
                        Note(c, own, decider, then);
                    }

                    return true;
                });
                if (!same)
                {
                    return false;
                }
            }

            return true;
        }

        void Note(DirectionCells c, int own, int decider, CellOutcome outcome)
        {
            any = true;
            denied &= outcome.Action == VerdictAction.Drop;
            if (decider == CellEvaluator.Default || c.Entries[decider].Rule is not { } rule)
            {
                byDefault |= decider == CellEvaluator.Default;
                shadowed &= decider != CellEvaluator.Default;
                return;
            }

            deciders[rule] = deciders.GetValueOrDefault(rule) + 1;
            shadowed &= IsStronger(c.Entries[decider].Kind, c.Entries[own].Kind, decider < own);
        }
    }

    /// <summary>By comparing it rule by rule with those that stay, whatever pods there are; and by this cluster's cells as well.</summary>
    public RedundantUnit? ProveForAnyPods(RemovableUnit unit)
    {
        if (unit.Rules.IsEmpty || !KeepsIsolation(unit))
        {
            return null;
        }

        var by = new List<Rule>();
        var kind = RedundancyKind.Shadowed;
        foreach (var rule in unit.Rules)
        {
            var found = Candidates(unit, rule).Where(r => RuleContainment.Contains(cells.Graph, r, rule))
                .Select(r => (Rule: r, Dominance: RuleOrder.Dominance(cells.Graph, r, rule)))
                .Where(r => r.Dominance != RuleDominance.None)
                .OrderBy(r => r.Dominance == RuleDominance.Stronger ? 0 : 1).ThenBy(r => r.Rule.Id.Value)
                .FirstOrDefault();
            if (found.Rule is null)
            {
                return null;
            }

            by.Add(found.Rule);
            kind = found.Dominance == RuleDominance.Same ? RedundancyKind.Redundant : kind;
        }

        return Prove(unit) is null ? null : new RedundantUnit(unit, kind, LintScope.AnyPods, [.. by.Distinct()], ByDefault: false);
    }

    /// <summary>The rules that stay and have a say wherever the unit's policy has one.</summary>
    private IEnumerable<Rule> Candidates(RemovableUnit unit, Rule rule) => cells.Of(unit.Policy)
        .Where(c => c.Policy.Direction == rule.Direction).Take(1)
        .SelectMany(c => c.Policy.Policies).SelectMany(p => cells.Graph.Policies[p].Rules)
        .Where(r => r.Direction == rule.Direction && !removal.HasRemoved(r.Id) && !unit.Rules.Contains(r));

    /// <summary>Whether the policy isolates its subject as before, so that it does whatever pods there are.</summary>
    private bool KeepsIsolation(RemovableUnit unit)
    {
        removal.Add(unit);
        var keeps = Directions.All.All(d => !unit.Policy.Isolates(d) || removal.StillIsolates(unit.Policy.Index, d));
        removal.Undo(unit);
        return keeps;
    }

    private static int FirstOf(ReadOnlySpan<int> matching, bool[] isOfUnit)
    {
        foreach (var entry in matching)
        {
            if (isOfUnit[entry])
            {
                return entry;
            }
        }

        return -1;
    }

    private static bool IsStronger(EntryKind decider, EntryKind own, bool isBefore) => (decider, own) switch
    {
        (EntryKind.Admin, _) => isBefore,
        (EntryKind.Deny, EntryKind.Deny) => false,
        (EntryKind.Proxied or EntryKind.Authenticated or EntryKind.Allow, not EntryKind.Baseline) => false,
        (EntryKind.Baseline, EntryKind.Baseline) => isBefore,
        _ => decider < own,
    };
}
