using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Cli.Commands;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers of <c>policyc explain</c> for people.</summary>
internal static class FlowText
{
    private const string Indent = "           ";

    public static void Write(RuleGraph graph, IReadOnlyList<ExplainedFlow> flows, KernelCheck? kernel, Terminal terminal)
    {
        var number = 0;
        for (var i = 0; i < flows.Count; i++)
        {
            if (i > 0)
            {
                terminal.Output.WriteLine();
            }

            var flow = flows[i];
            if (flow.Frontend is { } frontend)
            {
                WriteFrontend(flow, frontend, terminal);
            }
            else if (flow.Answers.Length > 1)
            {
                terminal.Output.WriteLine($"{terminal.Strong($"{flow.Request.From} -> {flow.Request.To}")}  {Verdict(flow, terminal)}");
            }

            foreach (var answer in flow.Answers)
            {
                WriteAnswer(graph, number++, answer, kernel, terminal);
            }
        }
    }

    private static void WriteFrontend(ExplainedFlow flow, ServiceFrontend frontend, Terminal terminal)
    {
        terminal.Output.WriteLine($"{terminal.Strong($"{flow.Request.From} -> {flow.Request.To} {flow.Request.Protocol.Name()}/{flow.Request.Port}")}  {Verdict(flow, terminal)}");
        var count = flow.Answers.Length;
        terminal.Output.WriteLine((frontend.Port, count) switch
        {
            (null, _) => $"  service  {frontend.Reference} has no port {flow.Request.Protocol.Name()}/{flow.Request.Port}",
            (_, 0) => $"  service  {frontend.Reference} has no backend",
            _ => $"  service  {frontend.Reference} sends it to {count} {(count == 1 ? "backend" : "backends")}; policies see the backend",
        });
        terminal.Output.WriteLine($"{Indent}{terminal.Faint(frontend.Service.Span.ToString())}");
    }

    private static string Verdict(ExplainedFlow flow, Terminal terminal) => flow.IsMixed
        ? terminal.Warn($"PARTLY DENIED ({flow.Answers.Count(a => !a.Allowed)} of {flow.Answers.Length})")
        : flow.Allowed ? terminal.Good("ALLOWED") : terminal.Bad("DENIED");

    private static void WriteAnswer(RuleGraph graph, int number, FlowAnswer answer, KernelCheck? kernel, Terminal terminal)
    {
        var decision = answer.Decision;
        var verdict = answer.Allowed ? terminal.Good("ALLOWED") : terminal.Bad("DENIED");
        terminal.Output.WriteLine($"{terminal.Strong(decision.Flow.ToString())}  {verdict}");
        WriteSide(graph, number, decision.Flow, decision.Egress, answer.EgressProxy, kernel, terminal);
        WriteSide(graph, number, decision.Flow, decision.Ingress, answer.IngressProxy, kernel, terminal);
    }

    private static void WriteSide(
        RuleGraph graph, int number, Flow flow, SideDecision side, ProxyDecision? proxy, KernelCheck? kernel, Terminal terminal)
    {
        var output = terminal.Output;
        var subject = side.Direction == Direction.Ingress ? flow.Destination : flow.Source;
        var label = side.Direction.Word().PadRight(9);
        var where = side.Direction == Direction.Ingress ? "into" : "out of";
        switch (side.Reason)
        {
            case DecisionReason.Rule:
                output.WriteLine($"  {label}{(side.Allowed ? "allowed" : "denied")} by {FlowJson.Name(graph, side.Rule!)}{TierOf(graph, side.Rule!)}");
                Line(side.Rule!.Span);
                break;
            case DecisionReason.DefaultDeny:
                output.WriteLine($"  {label}denied: {subject} is isolated, and no rule allows this {where} it");
                foreach (var policy in side.Isolating)
                {
                    output.WriteLine($"{Indent}isolated by {policy.Kind} {policy.Reference}  {terminal.Faint(policy.Span.ToString())}");
                }

                if (NearMissFinder.Find(graph, flow, side) is { } miss)
                {
                    output.WriteLine($"{Indent}nearest is {FlowJson.Name(graph, miss.Rule)}: {miss.Why}");
                    Line(miss.Rule.Span);
                }

                break;
            default:
                output.WriteLine($"  {label}{Undecided(side.Reason, subject, where)}");
                break;
        }

        if (side.Passed is { } passed)
        {
            output.WriteLine($"{Indent}left to the next tier by {FlowJson.Name(graph, passed)}");
            Line(passed.Span);
        }

        if (side.NeedsAuthentication)
        {
            output.WriteLine($"{Indent}only once both ends are authenticated");
        }

        if (!side.Proxied.IsEmpty)
        {
            WriteProxy(graph, side, proxy, output, Line);
        }

        if (kernel is not null && kernel.Verdicts.TryGetValue((number, side.Direction), out var word))
        {
            output.WriteLine($"{Indent}kernel: {word.Action.Word()}, decision {word.Decision}");
        }

        void Line(SourceSpan span) => output.WriteLine($"{Indent}{terminal.Faint(span.ToString())}  {span.Source?.Line(span.Line).Trim()}");
    }

    private static void WriteProxy(RuleGraph graph, SideDecision side, ProxyDecision? proxy, TextWriter output, Action<SourceSpan> line)
    {
        if (proxy is null)
        {
            output.WriteLine(side.ProxyAllowsEverything
                ? $"{Indent}through a proxy that lets every request pass"
                : $"{Indent}through a proxy that checks what {string.Join(" and ", side.Proxied.Select(r => FlowJson.Name(graph, r)))} {(side.Proxied.Length == 1 ? "says" : "say")} of requests");
            return;
        }

        var by = proxy.RuleId is { } id ? $" by {FlowJson.Name(graph, graph.Rules[id])}" : "";
        output.WriteLine($"{Indent}proxy: {(proxy.Verdict == ProxyVerdict.NotApplicable ? "does not apply" : proxy.Allowed ? "request allowed" : "request denied")}{by}: {proxy.Reason}");
        if (proxy.Span.IsKnown)
        {
            line(proxy.Span);
        }
    }

    private static string TierOf(RuleGraph graph, Rule rule) => graph.PolicyOf(rule) is { Tier: not Tier.Normal } policy
        ? $" ({policy.Tier.ToString().ToLowerInvariant()} tier, priority {policy.Priority})" : "";

    private static string Undecided(DecisionReason reason, FlowPeer subject, string where) => reason switch
    {
        DecisionReason.NotIsolated => $"allowed: no policy restricts what goes {where} {subject}",
        DecisionReason.NodeLocal => $"allowed: {subject} always accepts its own node",
        DecisionReason.Loopback => $"allowed: {subject} reaches itself without leaving its network namespace",
        _ => $"not enforced: {subject} is not an endpoint of the input",
    };
}
