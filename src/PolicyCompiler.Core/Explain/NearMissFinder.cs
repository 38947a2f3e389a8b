using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Explain;

/// <summary>Finds the rule that came closest to allowing a denied flow.</summary>
public static class NearMissFinder
{
    /// <returns>Null when the isolating policies have no rule for the direction.</returns>
    public static NearMiss? Find(RuleGraph graph, Flow flow, SideDecision side)
    {
        var subject = graph.SubjectOf(flow.Local(side.Direction))!;
        var nearest = side.Isolating.SelectMany(p => p.Rules).Where(r => r.Direction == side.Direction && r.Action == RuleAction.Allow && !r.FailsAuthentication)
            .Select(r => RuleComparison.Of(graph, subject, r, flow)).MinBy(c => c.Distance);
        return nearest is null ? null : new NearMiss(nearest.Rule, nearest.PeerDistance == 0, nearest.PortDistance == 0, nearest.Why);
    }
}
