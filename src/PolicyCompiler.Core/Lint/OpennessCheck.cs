using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>Rules that let everyone in or out, as far as no other rule denies it again: the tables are asked.</summary>
internal static class OpennessCheck
{
    public static IEnumerable<LintFinding> Check(LintModel model)
    {
        var evaluator = new TableEvaluator(model.Tables);
        foreach (var policy in model.Graph.Policies)
        {
            foreach (var rule in policy.Rules.Where(r => r.Action == RuleAction.Allow))
            {
                if (Describe(policy, rule) is { } found && Takes(model, evaluator, policy, rule))
                {
                    yield return found;
                }
            }
        }
    }

    private static LintFinding? Describe(PolicyNode policy, Rule rule)
    {
        var everyPort = rule.Ports.Any(p => p is PortMatch.All);
        var everyone = rule.Peers.Any(IsEveryone);
        var who = rule.Peers.Any(p => p is Peer.Any) ? "everyone inside the cluster and outside" : "everyone outside the cluster";
        var what = RuleText.Of(policy, rule);
        return (rule.Direction, everyone, everyPort) switch
        {
            (Direction.Ingress, true, true) => new LintFinding(LintDiagnostics.OpenToAll.At(rule.Span, what, who)),
            (Direction.Ingress, true, false) => new LintFinding(LintDiagnostics.PortOpenToAll.At(rule.Span, what, who, RuleText.Ports(rule))),
            (Direction.Egress, true, true) => new LintFinding(LintDiagnostics.OpenToInternet.At(rule.Span, what, who)),
            (Direction.Ingress, false, _) when rule.Peers.Any(IsEveryPod) =>
                new LintFinding(LintDiagnostics.OpenToCluster.At(rule.Span, what, RuleText.Ports(rule))),
            _ => null,
        };
    }

    private static bool IsEveryone(Peer peer) => peer is Peer.Any or Peer.Reserved { Entity: Entity.World or Entity.WorldIPv4 or Entity.WorldIPv6 }
        or Peer.Cidr { Block: { Cidr.Length: 0, Except.IsEmpty: true } };

    private static bool IsEveryPod(Peer peer) =>
        peer is Peer.Endpoints { Selector: { NamespaceSelector.IsEverything: true, Pods.IsEverything: true } };

    /// <summary>Whether the rule's first port is open for someone it matches.</summary>
    private static bool Takes(LintModel model, TableEvaluator evaluator, PolicyNode policy, Rule rule) => model.Cells.Of(policy)
        .SelectMany(c => c.Policy.Entries.Where(e => e.Rule == rule.Id), (c, e) => (c.Policy, Entry: e))
        .Any(x => (x.Entry.AnyIdentity ? [Identity.WorldIPv4Index, Identity.WorldIPv6Index] : x.Entry.Identities)
            .Any(i => !evaluator.Evaluate(x.Policy, i, x.Entry.Ports[0].First).Action.IsDrop()));
}
