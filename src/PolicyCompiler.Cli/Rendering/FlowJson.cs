using System.Text.Json;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers of <c>policyc explain</c> for programs: one result a request, in order.</summary>
internal sealed class FlowJson(RuleGraph graph, KernelCheck? kernel, EndDescriber? ends)
{
    private readonly RemedyFinder _remedies = new(graph);

    public void Write(IReadOnlyList<ExplainedFlow> flows, Terminal terminal)
    {
        // Answers are numbered over all requests, as the kernel was asked.
        var first = 0;
        var numbered = new List<(ExplainedFlow Flow, int First)>();
        foreach (var flow in flows)
        {
            numbered.Add((flow, first));
            first += flow.Answers.Length;
        }

        terminal.WriteJson(json => json.WriteObjects("results", numbered, item => Write(json, item.Flow, item.First)));
    }

    public static string Name(RuleGraph graph, Rule rule) => $"{graph.PolicyOf(rule).Kind} {graph.PolicyOf(rule).Reference} {rule.Place}";

    /// <summary>The members of one answer.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="explained">The answer.</param>
    /// <param name="first">Number of its first flow.</param>
    /// <param name="about">The flow that it is about; null: the one that speaks for all.</param>
    public void Write(Utf8JsonWriter json, ExplainedFlow explained, int first, FlowAnswer? about = null)
    {
        if (explained.Leading is not { } leading)
        {
            json.WriteString("from", explained.Request.From);
            json.WriteString("to", explained.Request.To);
            json.WriteString("protocol", explained.Request.Protocol.Name());
            json.WriteNumber("port", explained.Request.Port);
            json.WriteString("verdict", Word(allowed: false));
            WriteFrontend(json, explained);
            return;
        }

        WriteAnswer(json, about ?? leading, first + Math.Max(0, explained.Answers.IndexOf(about ?? leading)), about?.Allowed ?? explained.Allowed);
        WriteFrontend(json, explained);
        if (explained.Frontend is not null || explained.Answers.Length > 1)
        {
            json.WriteObjects("backends", explained.Answers.Select((answer, i) => (answer, i)), item =>
                WriteAnswer(json, item.answer, first + item.i, item.answer.Allowed));
        }
    }

    private static void WriteFrontend(Utf8JsonWriter json, ExplainedFlow explained)
    {
        if (explained.Frontend is { } frontend)
        {
            json.WriteStartObject("service");
            json.WriteString("name", frontend.Reference);
            json.WriteBoolean("hasPort", frontend.Port is not null);
            WritePlace(json, frontend.Service.Span);
            json.WriteEndObject();
        }
    }

    private void WriteAnswer(Utf8JsonWriter json, FlowAnswer answer, int number, bool allowed)
    {
        var flow = answer.Decision.Flow;
        json.WriteString("from", flow.Source.ToString());
        json.WriteString("to", flow.Destination.ToString());
        json.WriteString("protocol", flow.Protocol.Name());
        json.WriteNumber("port", flow.Port);
        json.WriteString("family", flow.Family.ToString());
        json.WriteString("verdict", Word(allowed));
        if (ends is not null)
        {
            if (CaptureFilter.Of(flow) is { } filter)
            {
                json.WriteString("captureFilter", filter);
            }

            WalkJson.WriteEnd(json, "source", flow.Source, ends);
            WalkJson.WriteEnd(json, "destination", flow.Destination, ends);
        }

        WriteSide(json, "egress", number, flow, answer.Decision.Egress, answer.EgressProxy);
        WriteSide(json, "ingress", number, flow, answer.Decision.Ingress, answer.IngressProxy);
    }

    private void WriteSide(Utf8JsonWriter json, string name, int number, Flow flow, SideDecision side, ProxyDecision? proxy)
    {
        json.WriteStartObject(name);
        json.WriteString("verdict", Word(side.Allowed));
        json.WriteString("reason", side.Reason.ToString());
        json.WriteString("tier", side.Rule is { } decider ? graph.PolicyOf(decider).Tier.ToString() : side.Reason == DecisionReason.DefaultDeny ? nameof(Tier.Normal) : null);
        if (side.Rule is { } rule)
        {
            WriteRule(json, graph, rule);
            json.WriteObjects("matching", side.Matching, matching => WriteRule(json, graph, matching));
        }

        if (side.Passed is { } passed)
        {
            json.WriteStartObject("passedBy");
            WriteRule(json, graph, passed);
            json.WriteEndObject();
        }

        if (!side.Allowed)
        {
            var reason = side.Reason == DecisionReason.DefaultDeny ? DropReason.Policy : DropReason.PolicyDeny;
            json.WriteString("dropReason", reason.ToString());
            json.WriteNumber("dropCode", (int)reason);
        }

        if (side.Reason == DecisionReason.DefaultDeny)
        {
            json.WriteObjects("isolatedBy", side.Isolating, policy =>
            {
                json.WriteString("policy", policy.Reference);
                json.WriteString("policyKind", policy.Kind);
                WritePlace(json, policy.Span);
            });
            if (NearMissFinder.Find(graph, flow, side) is { } miss)
            {
                json.WriteStartObject("nearest");
                WriteRule(json, graph, miss.Rule);
                json.WriteString("why", miss.Why);
                json.WriteEndObject();
            }
        }

        if (side.NeedsAuthentication)
        {
            json.WriteBoolean("needsAuthentication", true);
        }

        if (side is { Allowed: false, Rule.FailsAuthentication: true })
        {
            json.WriteBoolean("failsAuthentication", true);
        }

        if (!side.Proxied.IsEmpty)
        {
            WriteProxy(json, graph, side, proxy);
        }

        if (kernel is not null && kernel.Verdicts.TryGetValue((number, side.Direction), out var word))
        {
            json.WriteString("kernelVerdict", Word(word.Action != VerdictAction.Drop));
            json.WriteNumber("kernelDecision", word.Decision);
        }

        if (!side.Allowed)
        {
            WalkJson.WriteRemedies(json, _remedies.Find(flow, side));
        }

        if (ends is not null)
        {
            WalkJson.WriteWalk(json, graph, SideWalker.Walk(graph, flow, side));
        }

        json.WriteEndObject();
    }

    private static void WriteProxy(Utf8JsonWriter json, RuleGraph graph, SideDecision side, ProxyDecision? proxy)
    {
        json.WriteStartObject("proxy");
        json.WriteBoolean("allowsEverything", side.ProxyAllowsEverything);
        json.WriteObjects("rules", side.Proxied, proxied => WriteRule(json, graph, proxied));
        if (proxy is not null)
        {
            json.WriteString("verdict", proxy.Verdict switch
            {
                ProxyVerdict.Allowed => "allow",
                ProxyVerdict.Denied => "deny",
                _ => "not applicable",
            });
            json.WriteString("why", proxy.Reason);
            if (proxy.RuleId is { } id)
            {
                json.WriteStartObject("decidedBy");
                WriteRule(json, graph, graph.Rules[id]);
                json.WriteString("part", proxy.Part);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    public static void WriteRule(Utf8JsonWriter json, RuleGraph graph, Rule rule)
    {
        json.WriteString("policy", graph.PolicyOf(rule).Reference);
        json.WriteString("policyKind", graph.PolicyOf(rule).Kind);
        json.WriteString("rule", rule.Place);
        WritePlace(json, rule.Span);
    }

    public static void WritePlace(Utf8JsonWriter json, SourceSpan span)
    {
        json.WriteString("file", span.Source?.Path);
        json.WriteNumber("line", span.Line);
    }

    private static string Word(bool allowed) => allowed ? "allow" : "deny";
}
