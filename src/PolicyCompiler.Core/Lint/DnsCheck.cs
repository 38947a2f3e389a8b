using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// Endpoints that may send to someone but to no name server: neither to port 53 of the cluster's DNS pods, if the input has
/// them, nor of any address that is no pod's. Without DNS pods in the input, port 53 of anyone will do. Endpoints that may
/// send to nobody need no names.
/// </summary>
internal static class DnsCheck
{
    private const int Port = 53;

    private static readonly string[] Labels = ["k8s-app", "app.kubernetes.io/name", "app"];

    private static readonly string[] Names = ["kube-dns", "coredns", "node-local-dns"];

    public static IEnumerable<LintFinding> Check(LintModel model)
    {
        var tables = model.Tables;
        var evaluator = new TableEvaluator(tables);
        var (servers, known) = Servers(model);
        foreach (var group in tables.EndpointPolicies.GroupBy(p => p.Egress))
        {
            var policy = tables.DirectionPolicies[group.Key];
            if (policy.Isolating.IsEmpty || !MaySend(policy, tables, evaluator) || servers.Any(s => IsOpen(policy, evaluator, s)))
            {
                continue;
            }

            var endpoints = group.SelectMany(p => p.Endpoints).Select(e => model.Graph.Cluster.Endpoints[e]).Where(e => !e.IsNode).ToList();
            if (endpoints.Count > 0)
            {
                var who = endpoints.Count == 1 ? endpoints[0].Reference : $"{endpoints[0].Reference} and {endpoints.Count - 1} more";
                yield return new LintFinding(LintDiagnostics.NoDns.At(
                    model.Graph.Policies[policy.Isolating[0]].Span, who, known ? "the cluster's DNS" : "anyone"));
            }
        }
    }

    private static (List<int> Identities, bool Known) Servers(LintModel model)
    {
        var tables = model.Tables;
        var pods = Enumerable.Range(0, model.Graph.Cluster.Endpoints.Length)
            .Where(i => Labels.Any(l => model.Graph.Cluster.Endpoints[i].Labels.Find(l) is { } value && Names.Contains(value)))
            .Select(i => tables.Identities.EndpointIdentities[i]).Where(i => i > 0).ToHashSet();
        var others = tables.Identities.Identities.Skip(1).Where(i => pods.Count == 0 || i.Kind != IdentityKind.Labels).Select(i => i.Index);
        return ([.. pods.Concat(others).Distinct()], pods.Count > 0);
    }

    private static bool IsOpen(DirectionPolicy policy, TableEvaluator evaluator, int identity) =>
        !evaluator.Evaluate(policy, identity, PortKey.Of(IpProtocol.Udp, Port)).Action.IsDrop()
        || !evaluator.Evaluate(policy, identity, PortKey.Of(IpProtocol.Tcp, Port)).Action.IsDrop();

    private static bool MaySend(DirectionPolicy policy, PolicyTables tables, TableEvaluator evaluator) => policy.Entries.Any(e =>
        !e.Verdict.Action.IsDrop() && (e.AnyIdentity ? Enumerable.Range(1, tables.Identities.Identities.Length - 1) : e.Identities)
            .Any(i => !evaluator.Evaluate(policy, i, e.Ports[0].First).Action.IsDrop()));
}
