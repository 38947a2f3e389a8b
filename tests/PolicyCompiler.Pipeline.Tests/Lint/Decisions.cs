using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Agreement;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>What a policy set decides, point by point, without who said so.</summary>
internal sealed class Decisions
{
    private readonly List<(Flow Flow, Direction Direction)> _points;
    private readonly HashSet<int> _neverAsked;

    public Decisions(CompilerInput input)
    {
        Graph = RuleGraphBuilder.Build(input, new GraphOptions()).Value!;
        Tables = PolicyTablesBuilder.Build(Graph).Value!;
        var standIns = new StandIns(Tables);
        var points = new AgreementPoints(standIns).All().ToList();
        // A pod's packets to itself pass no datapath, but lint speaks of identities, and another pod may have the same.
        var toItself = points.Select(p => (p.Endpoint, p.Direction, p.PortKey)).Distinct().SelectMany(
            p => Graph.Cluster.Endpoints[p.Endpoint].Addresses, (p, own) => new AgreementPoint(p.Endpoint, p.Direction, own, p.PortKey));
        _points = [.. points.Concat(toItself).Select(p => (p.ToFlow(Graph, standIns.PeerAt(p.Remote)), p.Direction))];
        var evaluator = new TableEvaluator(standIns.Tables);
        HashSet<int> asked = [.. points.Concat(toItself).Select(p => p.Remote).Distinct().Select(evaluator.IdentityOf)];
        _neverAsked = [.. Tables.Identities.Identities.Skip(1).Select(i => i.Index).Where(i => !asked.Contains(i))];
    }

    public RuleGraph Graph { get; }

    public PolicyTables Tables { get; }

    /// <summary>The first flow that another policy set for the same cluster decides otherwise; null: there is none.</summary>
    public string? FirstDifference(CompilerInput other)
    {
        var ours = new FlowEvaluator(Graph);
        var theirs = new FlowEvaluator(RuleGraphBuilder.Build(other, new GraphOptions()).Value!);
        foreach (var (flow, direction) in _points)
        {
            var (a, b) = (ours.EvaluateSide(flow, direction), theirs.EvaluateSide(flow, direction));
            if ((a.Allowed, a.NeedsAuthentication, a.ProxyAllowsEverything) != (b.Allowed, b.NeedsAuthentication, b.ProxyAllowsEverything)
                || !Content(a).SetEquals(Content(b)))
            {
                return $"{flow} {direction}: {a.Reason} {a.Rule?.Place} allowed {a.Allowed}, then {b.Reason} {b.Rule?.Place} allowed {b.Allowed}";
            }
        }

        return null;
    }

    /// <summary>
    /// Whether rules match an identity that no address has, such as a block whose addresses are all pods', or a node that lets
    /// itself in. Lint asks whether identities can be told apart, not who is there.
    /// </summary>
    public bool MatchWhoIsNotThere(IEnumerable<Rule> rules) =>
        Tables.DirectionPolicies.Any(p => p.Entries.Any(e => rules.Any(r => r.Id == e.Rule)
            && Enumerable.Range(1, Tables.Identities.Identities.Length - 1).Any(i => (e.AnyIdentity || e.Identities.Contains(i))
                && (_neverAsked.Contains(i) || (p.LetsOwnNodeIn && Tables.Identities.Identities[i].IsNodeAddressOfPods)))));

    /// <summary>Whether rules tell ICMP types apart: points leave out those of errors, and those of the other family.</summary>
    public bool AskForIcmp => Graph.Rules.Any(r => r.Ports.Any(p => p is PortMatch.Range range && range.Protocol.IsIcmp()));

    private static HashSet<ProxyRule> Content(SideDecision decision) => [.. decision.Proxied.Select(r => r.Proxy!)];
}
