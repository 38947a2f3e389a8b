using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>Rules that let everyone in or out, as far as no other rule denies all of it again: every cell of theirs in the tables is asked.</summary>
internal static class OpennessCheck
{
    public static IEnumerable<LintFinding> Check(LintModel model)
    {
        var evaluator = new TableEvaluator(model.Tables);
        foreach (var policy in model.Graph.Policies)
        {
            foreach (var rule in policy.Rules.Where(r => r.Action == RuleAction.Allow && r.Peers.Any(p => IsEveryone(p) || IsEveryPod(p))))
            {
                if (Describe(policy, rule, OpenFor(model, evaluator, policy, rule)) is { } found)
                {
                    yield return found;
                }
            }
        }
    }

    private static LintFinding? Describe(PolicyNode policy, Rule rule, (bool Outside, bool Inside) open)
    {
        var everyPort = rule.Ports.Any(p => p is PortMatch.All);
        var anyone = rule.Peers.Any(p => p is Peer.Any);
        var everyone = (open.Outside && rule.Peers.Any(IsEveryone)) || (open.Inside && anyone);
        var who = anyone && open is { Outside: true, Inside: true } ? "everyone inside the cluster and outside"
            : open.Outside ? "everyone outside the cluster" : "everyone inside the cluster";
        var what = RuleText.Of(policy, rule);
        return (rule.Direction, everyone, everyPort) switch
        {
            (Direction.Ingress, true, true) => new LintFinding(LintDiagnostics.OpenToAll.At(rule.Span, what, who)),
            (Direction.Ingress, true, false) => new LintFinding(LintDiagnostics.PortOpenToAll.At(rule.Span, what, who, RuleText.Ports(rule))),
            (Direction.Egress, true, true) when open.Outside => new LintFinding(LintDiagnostics.OpenToInternet.At(rule.Span, what, who)),
            (Direction.Ingress, false, _) when open.Inside && rule.Peers.Any(IsEveryPod) =>
                new LintFinding(LintDiagnostics.OpenToCluster.At(rule.Span, what, RuleText.Ports(rule))),
            _ => null,
        };
    }

    private static bool IsEveryone(Peer peer) => peer is Peer.Any or Peer.Reserved { Entity: Entity.World or Entity.WorldIPv4 or Entity.WorldIPv6 }
        or Peer.Cidr { Block: { Cidr.Length: 0, Except.IsEmpty: true } };

    private static bool IsEveryPod(Peer peer) =>
        peer is Peer.Endpoints { Selector: { NamespaceSelector.IsEverything: true, Pods.IsEverything: true } };

    /// <summary>Whether some port that the rule matches is open for someone whom it is for, at one of the policy's endpoints.</summary>
    private static (bool Outside, bool Inside) OpenFor(LintModel model, TableEvaluator evaluator, PolicyNode policy, Rule rule)
    {
        var (outside, inside) = (false, false);
        var identities = model.Tables.Identities.Identities;
        foreach (var (direction, entry) in model.Cells.Of(policy).SelectMany(c => c.Policy.Entries.Where(e => e.Rule == rule.Id), (c, e) => (c.Policy, e)))
        {
            int[] columns = [.. direction.PortClasses.Where(c => entry.Ports.Any(p => p.First <= c.Range.Last && c.Range.First <= p.Last)).Select(c => c.Column).Distinct()];
            // Nodes and reserved entities are no part of the world, and hardly of anyone: the own node comes in whatever rules say.
            var of = (entry.AnyIdentity ? Enumerable.Range(1, identities.Length - 1) : entry.Identities)
                .ToLookup(i => identities[i].IsOutside ? IdentityKind.World : identities[i].Kind);
            outside = outside || IsOpen(of[IdentityKind.World]);
            inside = inside || IsOpen(of[IdentityKind.Labels]);

            bool IsOpen(IEnumerable<int> remotes) => remotes.Select(i => evaluator.RowOf(direction, i)).Distinct()
                .Any(row => columns.Any(column => IsByTier(model, evaluator.CellOf(direction, row, column), rule)));
        }

        return (outside, inside);
    }

    /// <summary>Whether the cell is open because of the rule or one that is asked together with it.</summary>
    private static bool IsByTier(LintModel model, VerdictWord word, Rule rule) => !word.Action.IsDrop()
        && model.Tables.Decision(word.Decision)?.Rule is { } by && model.Graph.PolicyOf(model.Graph.Rules[by.Value]).Tier == model.Graph.PolicyOf(rule).Tier;
}
