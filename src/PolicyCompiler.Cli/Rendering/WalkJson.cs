using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The parts of an answer that tell how it came about (docs/formats/explain.json).</summary>
internal static class WalkJson
{
    public static void WriteEnd(Utf8JsonWriter json, string name, FlowPeer end, EndDescriber ends)
    {
        json.WriteStartObject(name);
        json.WriteString("text", end.ToString());
        json.WriteString("kind", end switch
        {
            { Endpoint: not null } => "pod",
            { Address: not null } => "address",
            { Name: not null } => "name",
            _ => "entity",
        });
        if (end.Endpoint is { } pod)
        {
            json.WriteString("workload", $"{pod.Namespace}/{pod.WorkloadName}[{pod.WorkloadKind}]");
            WriteLabels(json, "labels", pod.Labels);
            json.WriteString("node", pod.NodeName);
        }

        json.WriteString("address", end.Address?.ToString());
        if (ends.IdentityOf(end) is { } identity)
        {
            json.WriteNumber("identity", identity.Number);
        }

        json.WriteEndObject();
    }

    public static void WriteRemedies(Utf8JsonWriter json, IEnumerable<Remedy> remedies) => json.WriteObjects("remedies", remedies, remedy =>
    {
        json.WriteString("kind", remedy.Kind.ToString());
        json.WriteString("text", remedy.Text);
        json.WriteBoolean("suffices", remedy.Suffices);
        json.WriteString("yaml", remedy.Yaml);
        FlowJson.WritePlace(json, remedy.Span);
    });

    public static void WriteWalk(Utf8JsonWriter json, RuleGraph graph, SideWalk walk)
    {
        json.WriteStartObject("walk");
        json.WriteString("subject", walk.Subject?.ToString());
        json.WriteObjects("policies", walk.Policies, policy =>
        {
            json.WriteString("policy", policy.Reference);
            json.WriteString("policyKind", policy.Kind);
            json.WriteString("tier", policy.Tier.ToString());
            json.WriteNumber("priority", policy.Priority);
            json.WriteBoolean("isolates", policy.Isolates(walk.Decision.Direction));
            FlowJson.WritePlace(json, policy.Span);
        });
        json.WriteObjects("steps", walk.Steps, step =>
        {
            json.WriteString("stage", step.Stage.ToString());
            json.WriteBoolean("decides", step.Decides);
            json.WriteString("outcome", step.Outcome);
            json.WriteObjects("rules", step.Rules, rule =>
            {
                var compared = rule.Comparison;
                json.WriteString("role", rule.Role.ToString());
                FlowJson.WriteRule(json, graph, compared.Rule);
                json.WriteString("action", compared.Rule.Action.ToString());
                WritePart(json, "peer", compared.Peer?.ToString(), compared.PeerWhy, compared.Peer?.Span ?? SourceSpan.None);
                WritePart(json, "port", compared.Port?.ToString(), compared.PortWhy, compared.Port?.Written ?? SourceSpan.None);
            });
        });
        json.WriteEndObject();
    }

    /// <summary>The peer or port of a rule: the first that matches, or why none does.</summary>
    private static void WritePart(Utf8JsonWriter json, string name, string? matched, string why, SourceSpan span)
    {
        json.WriteStartObject(name);
        json.WriteString("matched", matched);
        json.WriteString("why", why.Length == 0 ? null : why);
        FlowJson.WritePlace(json, span);
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, string name, LabelSet labels)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in labels)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
