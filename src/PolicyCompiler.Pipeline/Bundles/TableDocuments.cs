using System.Text.Json;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>The tables as the JSON documents of a bundle.</summary>
internal static class TableDocuments
{
    public static byte[] Identities(PolicyTables tables) => JsonText.Write(json => json.WriteObjects("identities", tables.Identities.Identities.Skip(1), identity =>
    {
        json.WriteNumber("index", identity.Index);
        json.WriteNumber("number", identity.Number);
        json.WriteString("kind", identity.Kind switch
        {
            IdentityKind.World => identity.Index == Identity.WorldIPv4Index ? "world-ipv4" : "world-ipv6",
            IdentityKind.Labels => "labels",
            IdentityKind.Node => "node",
            IdentityKind.Reserved => "reserved",
            IdentityKind.Name => "name",
            _ => "cidr",
        });
        if (identity.Kind == IdentityKind.Labels)
        {
            json.WriteString("namespace", identity.Namespace);
            json.WriteStartObject("labels");
            foreach (var (key, value) in identity.Labels)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        if (identity.Node is { } node)
        {
            json.WriteString("node", node.Name);
        }

        if (identity.Entity is { } entity)
        {
            json.WriteString("entity", entity.Name());
        }

        if (identity.IsOutside)
        {
            json.WriteString("family", identity.Family?.ToString());
        }

        if (!identity.Names.IsEmpty)
        {
            json.WriteStrings("namePatterns", identity.Names.Select(n => tables.Identities.NamePatterns[n]));
        }

        if (!identity.NamedPorts.IsEmpty)
        {
            json.WriteStrings("namedPorts", identity.NamedPorts.Select(p => $"{p.Name}={p.Protocol.Name()}/{p.Number}"));
        }

        if (!identity.Blocks.IsEmpty)
        {
            json.WriteStrings("ipBlocks", identity.Blocks.Select(b => tables.Identities.Blocks[b]));
        }
    }));

    public static byte[] Decisions(PolicyTables tables) => JsonText.Write(json => json.WriteObjects("decisions", tables.Decisions, decision =>
    {
        json.WriteNumber("id", decision.Id);
        json.WriteString("kind", decision.Kind.ToString());
        json.WriteString("direction", decision.Direction.Word());
        json.WriteString("action", decision.Action.Word());
        if (decision.Reason != DropReason.None)
        {
            json.WriteNumber("dropReason", (int)decision.Reason);
            json.WriteString("dropReasonName", decision.Reason.ToString());
        }

        if (decision.Proxy is { } proxy)
        {
            json.WriteBoolean("proxyAllowsEverything", proxy.AllowsEverything);
            json.WriteObjects("proxied", proxy.Members.Select(m => tables.Graph.Rules[m.Value]), member =>
            {
                WritePolicy(json, tables.Graph.PolicyOf(member));
                json.WriteString("rule", member.Place);
                json.WriteString("file", member.Span.Source?.LogicalPath);
                json.WriteNumber("line", member.Span.Line);
            });
        }
        else if (decision.Rule is { } id)
        {
            var rule = tables.Graph.Rules[id.Value];
            WritePolicy(json, tables.Graph.PolicyOf(rule));
            json.WriteString("rule", rule.Place);
            json.WriteString("file", rule.Span.Source?.LogicalPath);
            json.WriteNumber("line", rule.Span.Line);
        }

        if (decision.DirectionPolicy >= 0)
        {
            json.WriteObjects("isolatedBy", tables.DirectionPolicies[decision.DirectionPolicy].Isolating, index =>
            {
                var policy = tables.Graph.Policies[index];
                WritePolicy(json, policy);
                json.WriteString("file", policy.Span.Source?.LogicalPath);
                json.WriteNumber("line", policy.Span.Line);
            });
        }
    }));

    public static byte[] Endpoints(Compilation compilation)
    {
        var tables = compilation.Tables!;
        var endpoints = tables.Graph.Cluster.Endpoints;
        return JsonText.Write(json =>
        {
            json.WriteObjects("policies", tables.EndpointPolicies, policy =>
            {
                json.WriteNumber("index", policy.Index);
                json.WriteString("object", BundleLayout.ObjectFile(compilation.ObjectOf(policy).Name));
                WriteRoots(json, tables, tables.Of(policy, Direction.Ingress));
                WriteRoots(json, tables, tables.Of(policy, Direction.Egress));
            });
            json.WriteObjects("endpoints", Enumerable.Range(0, endpoints.Length).Where(i => tables.EndpointPolicyIndex[i] >= 0), i =>
            {
                json.WriteString("namespace", endpoints[i].Namespace);
                json.WriteString("name", endpoints[i].Name);
                json.WriteString("workloadKind", endpoints[i].WorkloadKind);
                json.WriteString("workload", endpoints[i].WorkloadName);
                if (endpoints[i].DeploymentName is { } deployment)
                {
                    json.WriteString("deployment", deployment);
                }

                if (endpoints[i].StandsForPods)
                {
                    json.WriteBoolean("standsForPods", true);
                }

                json.WriteNumber("policy", tables.EndpointPolicyIndex[i]);
                json.WriteNumber("identity", tables.Identities.Identities[tables.Identities.EndpointIdentities[i]].Number);
                json.WriteStrings("addresses", endpoints[i].Addresses);
                json.WriteBoolean("syntheticAddresses", endpoints[i].HasSyntheticAddresses);
                if (endpoints[i].NodeName is { } nodeName)
                {
                    json.WriteString("node", nodeName);
                    var node = tables.Graph.NodeOf(endpoints[i]);
                    json.WriteStrings("nodeAddresses", new[] { AddressFamily.IPv4, AddressFamily.IPv6 }.Select(f => node?.Address(f)).Where(a => a is not null));
                }
            });
        });
    }

    private static void WriteRoots(Utf8JsonWriter json, PolicyTables tables, DirectionPolicy policy)
    {
        json.WriteStartObject(policy.Direction.Word());
        json.WriteNumber("directionPolicy", policy.Index);
        json.WriteBoolean("isolated", !policy.Isolating.IsEmpty);
        json.WriteBoolean("letsOwnNodeIn", policy.LetsOwnNodeIn);
        json.WriteNumber("identityRoot", policy.IdentityRoot);
        json.WriteNumber("portRoot", policy.PortRoot);
        json.WriteNumber("identityLevels", policy.DependsOnIdentity ? tables.IdentityLevels : 0);
        json.WriteNumber("portLevels", policy.DependsOnPort ? PolicyTables.PortLevels : 0);
        json.WriteNumber("rowLevels", policy.RowLevels);
        json.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter json, PolicyNode policy)
    {
        json.WriteString("policyKind", policy.Kind);
        json.WriteString("policyNamespace", policy.Namespace);
        json.WriteString("policy", policy.Name);
    }
}
