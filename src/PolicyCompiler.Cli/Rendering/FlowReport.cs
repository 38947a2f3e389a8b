using System.Text;
using System.Text.Json;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answer of <c>policyc explain</c>.</summary>
internal static class FlowReport
{
    public static void WriteText(RuleGraph graph, IReadOnlyList<FlowDecision> decisions, KernelCheck? kernel, Terminal terminal)
    {
        for (var i = 0; i < decisions.Count; i++)
        {
            var decision = decisions[i];
            var verdict = decision.Allowed ? terminal.Good("ALLOWED") : terminal.Bad("DENIED");
            terminal.Output.WriteLine($"{terminal.Strong(decision.Flow.ToString())}  {verdict}");
            WriteSide(graph, i, decision.Flow, decision.Egress, kernel, terminal);
            WriteSide(graph, i, decision.Flow, decision.Ingress, kernel, terminal);
            if (i < decisions.Count - 1)
            {
                terminal.Output.WriteLine();
            }
        }
    }

    public static void WriteJson(RuleGraph graph, IReadOnlyList<FlowDecision> decisions, KernelCheck? kernel, Terminal terminal) =>
        terminal.Output.Write(Encoding.UTF8.GetString(JsonText.Write(json =>
            json.WriteObjects("results", decisions.Select((decision, index) => (decision, index)), item =>
            {
                var flow = item.decision.Flow;
                json.WriteString("from", flow.Source.ToString());
                json.WriteString("to", flow.Destination.ToString());
                json.WriteString("protocol", flow.Protocol.Name());
                json.WriteNumber("port", flow.Port);
                json.WriteString("family", flow.Family.ToString());
                json.WriteString("verdict", Word(item.decision.Allowed));
                WriteSide(json, "egress", graph, item.index, flow, item.decision.Egress, kernel);
                WriteSide(json, "ingress", graph, item.index, flow, item.decision.Ingress, kernel);
            }))));

    private static void WriteSide(RuleGraph graph, int index, Flow flow, SideDecision side, KernelCheck? kernel, Terminal terminal)
    {
        var output = terminal.Output;
        var subject = side.Direction == Direction.Ingress ? flow.Destination : flow.Source;
        var label = side.Direction.Word().PadRight(9);
        var where = side.Direction == Direction.Ingress ? "into" : "out of";
        switch (side.Reason)
        {
            case DecisionReason.Rule:
                output.WriteLine($"  {label}allowed by {Name(graph, side.Rule!)}");
                Line(side.Rule!.Span);
                break;
            case DecisionReason.DefaultDeny:
                output.WriteLine($"  {label}denied: {subject} is isolated, and no rule allows this {where} it");
                foreach (var policy in side.Isolating)
                {
                    output.WriteLine($"           isolated by {policy.Kind} {policy.Reference}  {terminal.Faint(policy.Span.ToString())}");
                }

                if (NearMissFinder.Find(graph, flow, side) is { } miss)
                {
                    output.WriteLine($"           nearest is {Name(graph, miss.Rule)}: {miss.Why}");
                    Line(miss.Rule.Span);
                }

                break;
            default:
                output.WriteLine($"  {label}{Undecided(side.Reason, subject, where)}");
                break;
        }

        if (kernel is not null && kernel.Verdicts.TryGetValue((index, side.Direction), out var word))
        {
            output.WriteLine($"           kernel: {word.Action.Word()}, decision {word.Decision}");
        }

        void Line(SourceSpan span)
        {
            output.WriteLine($"           {terminal.Faint(span.ToString())}  {span.Source?.Line(span.Line).Trim()}");
        }
    }

    private static string Undecided(DecisionReason reason, FlowPeer subject, string where) => reason switch
    {
        DecisionReason.NotIsolated => $"allowed: no policy restricts what goes {where} {subject}",
        DecisionReason.NodeLocal => $"allowed: {subject} always accepts its own node",
        DecisionReason.Loopback => $"allowed: {subject} reaches itself without leaving its network namespace",
        _ => $"not enforced: {subject} is not an endpoint of the input",
    };

    private static void WriteSide(Utf8JsonWriter json, string name, RuleGraph graph, int index, Flow flow, SideDecision side, KernelCheck? kernel)
    {
        json.WriteStartObject(name);
        json.WriteString("verdict", Word(side.Allowed));
        json.WriteString("reason", side.Reason.ToString());
        json.WriteString("tier", side.Reason is DecisionReason.Rule or DecisionReason.DefaultDeny ? nameof(Tier.Normal) : null);
        if (side.Rule is { } rule)
        {
            json.WriteString("policy", graph.PolicyOf(rule).Reference);
            json.WriteString("policyKind", graph.PolicyOf(rule).Kind);
            json.WriteString("rule", rule.Place);
            WritePlace(json, rule.Span);
            json.WriteObjects("matching", side.Matching, matching =>
            {
                json.WriteString("policy", graph.PolicyOf(matching).Reference);
                json.WriteString("rule", matching.Place);
                WritePlace(json, matching.Span);
            });
        }

        if (side.Reason == DecisionReason.DefaultDeny)
        {
            json.WriteString("dropReason", DropReason.Policy.ToString());
            json.WriteNumber("dropCode", (int)DropReason.Policy);
            json.WriteObjects("isolatedBy", side.Isolating, policy =>
            {
                json.WriteString("policy", policy.Reference);
                json.WriteString("policyKind", policy.Kind);
                WritePlace(json, policy.Span);
            });
            if (NearMissFinder.Find(graph, flow, side) is { } miss)
            {
                json.WriteStartObject("nearest");
                json.WriteString("policy", graph.PolicyOf(miss.Rule).Reference);
                json.WriteString("rule", miss.Rule.Place);
                WritePlace(json, miss.Rule.Span);
                json.WriteString("why", miss.Why);
                json.WriteEndObject();
            }
        }

        if (kernel is not null && kernel.Verdicts.TryGetValue((index, side.Direction), out var word))
        {
            json.WriteString("kernelVerdict", Word(!word.Action.IsDrop()));
            json.WriteNumber("kernelDecision", word.Decision);
        }

        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, SourceSpan span)
    {
        json.WriteString("file", span.Source?.Path);
        json.WriteNumber("line", span.Line);
    }

    private static string Name(RuleGraph graph, Rule rule) => $"{graph.PolicyOf(rule).Kind} {graph.PolicyOf(rule).Reference} {rule.Place}";

    private static string Word(bool allowed) => allowed ? "allow" : "deny";
}
