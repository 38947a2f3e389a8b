using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>The tables as text, every cell with the rule that decided it: snapshots and <c>policyc dump</c>.</summary>
public static class PolicyTablesWriter
{
    public static string Write(PolicyTables tables)
    {
        var text = new StringBuilder();
        WriteIdentities(tables, text);
        text.Append("\n# ipcache\n");
        foreach (var entry in tables.Identities.IpCache)
        {
            var marks = (entry.IsEndpoint ? "" : " prefix") + (entry.IsSynthetic ? " synthetic" : "");
            text.Append(CultureInfo.InvariantCulture, $"{entry.Prefix} -> {entry.IdentityIndex}{marks}\n");
        }

        text.Append("\n# endpoint policies\n");
        foreach (var policy in tables.EndpointPolicies)
        {
            var endpoints = policy.Endpoints.Select(e => tables.Graph.Cluster.Endpoints[e].Reference);
            text.Append(CultureInfo.InvariantCulture, $"{policy.Index}: ingress {policy.Ingress}, egress {policy.Egress}: {string.Join(' ', endpoints)}\n");
        }

        foreach (var policy in tables.DirectionPolicies)
        {
            WriteDirectionPolicy(tables, policy, text);
        }

        text.Append(CultureInfo.InvariantCulture, $"\n# pages: {tables.PageCount} of {PolicyTables.PageSlots * 4} bytes\n");
        return text.ToString();
    }

    /// <summary>What a verdict word means, in a few words.</summary>
    public static string Describe(PolicyTables tables, VerdictWord verdict)
    {
        var decision = tables.Decision(verdict.Decision);
        var action = verdict.Action.Word();
        return decision switch
        {
            null => $"{action} (decision {verdict.Decision}, which does not exist)",
            { Proxy: { } proxy } => $"{action} for {string.Join(" and ", proxy.Members.Select(m => Name(tables, m)))}"
                + (proxy.AllowsEverything ? ", every request allowed" : ""),
            { Rule: { } rule } => $"{action} by {Name(tables, rule)}",
            { Kind: DecisionKind.DefaultDeny } => $"{action} by default",
            _ => $"{action}: {decision.Kind}",
        };
    }

    private static string Name(PolicyTables tables, RuleId id)
    {
        var rule = tables.Graph.Rules[id.Value];
        return $"{tables.Graph.PolicyOf(rule).Reference} {rule.Place}";
    }

    private static void WriteIdentities(PolicyTables tables, StringBuilder text)
    {
        text.Append("# identities\n");
        foreach (var identity in tables.Identities.Identities.Skip(1))
        {
            var what = identity.Kind switch
            {
                IdentityKind.World => identity.Index == Identity.WorldIPv4Index ? "world-ipv4" : "world-ipv6",
                IdentityKind.Labels => $"{identity.Namespace} {{{identity.Labels}}}",
                IdentityKind.Node => $"node {identity.Node!.Name}" + (identity.IsNodeAddressOfPods ? "" : ", other address"),
                IdentityKind.Reserved => identity.Entity!.Value.Name(),
                IdentityKind.Name => $"names of {identity.Family}",
                _ => "cidr",
            };
            text.Append(CultureInfo.InvariantCulture, $"{identity.Index} (number {identity.Number}): {what}");
            text.AppendJoin("", identity.NamedPorts.Select(p => $" {p.Name}={p.Protocol.Name()}/{p.Number}"));
            text.AppendJoin("", identity.Names.Select(n => $" <{tables.Identities.NamePatterns[n]}>"));
            text.AppendJoin("", identity.Blocks.Select(b => $" [{tables.Identities.Blocks[b]}]")).Append('\n');
        }
    }

    private static void WriteDirectionPolicy(PolicyTables tables, DirectionPolicy policy, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n# {policy.Direction.Word()} policy {policy.Index}\n");
        if (policy.Policies.IsEmpty)
        {
            text.Append("not isolated\n");
            return;
        }

        string Names(IEnumerable<int> policies) => string.Join(", ", policies.Select(p => tables.Graph.Policies[p].Reference).Distinct());
        text.Append(policy.Isolating.IsEmpty ? "not isolated" : $"isolated by {Names(policy.Isolating)}");
        var others = policy.Policies.Except(policy.Isolating).ToList();
        text.Append(others.Count == 0 ? "" : $"; under {Names(others)}").Append(policy.OwnNode is null ? "" : $"; on node {policy.OwnNode}").Append('\n');
        var evaluator = new TableEvaluator(tables);
        var rows = Enumerable.Range(1, tables.Identities.Identities.Length - 1).GroupBy(identity => evaluator.RowOf(policy, identity));
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"identities {string.Join(' ', IndexRuns.Of(row).Select(r => r.First == r.Last ? $"{r.First}" : $"{r.First}-{r.Last}"))}:\n");
            foreach (var cell in policy.PortClasses.GroupBy(c => evaluator.CellOf(policy, row.Key, c.Column)))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {string.Join(", ", Merge(cell.Select(c => c.Range)))}: {Describe(tables, cell.Key)}\n");
            }
        }
    }

    private static IEnumerable<PortKeyRange> Merge(IEnumerable<PortKeyRange> ranges)
    {
        PortKeyRange? pending = null;
        foreach (var range in ranges)
        {
            if (pending is { } previous && previous.Last + 1 == range.First)
            {
                pending = new PortKeyRange(previous.First, range.Last);
            }
            else
            {
                if (pending is { } complete)
                {
                    yield return complete;
                }

                pending = range;
            }
        }

        if (pending is { } last)
        {
            yield return last;
        }
    }
}
