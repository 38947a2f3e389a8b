using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>The rule graph as text: snapshots and <c>policyc dump</c>.</summary>
public static class RuleGraphWriter
{
    public static string Write(RuleGraph graph)
    {
        var text = new StringBuilder();
        text.Append("# endpoints\n");
        foreach (var endpoint in graph.Cluster.Endpoints)
        {
            text.Append(CultureInfo.InvariantCulture, $"{endpoint.Reference} [{endpoint.WorkloadKind}] {string.Join(' ', endpoint.Addresses)}");
            text.Append(endpoint.HasSyntheticAddresses ? " (synthetic)" : "").Append(endpoint.HostNetwork ? " host-network" : "");
            text.Append(CultureInfo.InvariantCulture, $" {{{endpoint.Labels}}}");
            text.AppendJoin("", endpoint.NamedPorts.Select(p => $" {p.Name}={p.Protocol.Name()}/{p.Number}"));
            text.Append(endpoint.NodeName is null ? "" : $" on {endpoint.NodeName}").Append('\n');
        }

        text.Append("\n# policies\n");
        foreach (var policy in graph.Policies)
        {
            var isolates = (policy.IsolatesIngress, policy.IsolatesEgress) switch
            {
                (true, true) => "ingress and egress",
                (true, false) => "ingress",
                (false, true) => "egress",
                _ => "nothing",
            };
            var priority = policy.Tier == Tier.Normal ? "" : $", priority {policy.Priority}";
            text.Append(CultureInfo.InvariantCulture, $"{policy.Kind} {policy.Reference} ({policy.Span.LogicalLocation}), tier {policy.Tier}{priority}\n");
            text.Append(CultureInfo.InvariantCulture, $"  for {policy.Subject}; isolates {isolates}\n");
            foreach (var rule in policy.Rules)
            {
                var word = rule.Direction == Direction.Ingress ? "from" : "to";
                var marks = (rule.Proxy is null ? "" : rule.OnlyObserves ? ", by a proxy that only observes" : ", by a proxy")
                    + (rule.NeedsAuthentication ? ", authenticated" : rule.FailsAuthentication ? ", never authenticated" : "") + (rule.LogValue is null ? "" : $", log '{rule.LogValue}'");
                text.Append(CultureInfo.InvariantCulture, $"  {rule.Id}: {rule.Place} ({rule.Span.LogicalLocation}) {rule.Action}{marks}\n");
                text.AppendJoin("", rule.Peers.Select(p => $"    {word} {p}\n"));
                text.AppendJoin("", rule.Ports.Select(p => $"    on {p}\n"));
            }
        }

        return text.ToString();
    }
}
