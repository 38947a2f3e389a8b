using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>One side of a flow for people: the decision, the rule with its line, what would change it, and on demand the walk.</summary>
internal sealed class SideText(RuleGraph graph, KernelCheck? kernel, bool withWalk, Terminal terminal)
{
    public const string Indent = "           ";

    private readonly RemedyFinder _remedies = new(graph);

    public void Write(int number, Flow flow, SideDecision side, ProxyDecision? proxy)
    {
        var output = terminal.Output;
        var subject = flow.Local(side.Direction);
        var label = side.Direction.Word().PadRight(9);
        var where = side.Direction == Direction.Ingress ? "into" : "out of";
        switch (side.Reason)
        {
            case DecisionReason.Rule:
                output.WriteLine($"  {label}{(side.Allowed ? "allowed" : "denied")} by {FlowJson.Name(graph, side.Rule!)}{TierOf(side.Rule!)}");
                WriteRule(flow, side.Rule!);
                if (side.Rule!.FailsAuthentication && !side.Allowed)
                {
                    output.WriteLine($"{Indent}the rule asks for an authentication that always fails, so nothing that it matches passes");
                }

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
                    WriteRule(flow, miss.Rule);
                }

                break;
            default:
                output.WriteLine($"  {label}{Undecided(side.Reason, subject, where)}");
                break;
        }

        if (side.Passed is { } passed)
        {
            output.WriteLine($"{Indent}left to the next tier by {FlowJson.Name(graph, passed)}");
            WriteRule(flow, passed);
        }

        if (side.NeedsAuthentication)
        {
            output.WriteLine($"{Indent}only once both ends are authenticated");
        }

        if (!side.Proxied.IsEmpty)
        {
            WriteProxy(side, proxy);
        }

        if (kernel is not null && kernel.Verdicts.TryGetValue((number, side.Direction), out var word))
        {
            output.WriteLine($"{Indent}kernel: {word.Action.Word()}, decision {word.Decision}");
        }

        WriteRemedies(flow, side);
        if (withWalk)
        {
            WalkText.Write(graph, SideWalker.Walk(graph, flow, side), terminal);
        }
    }

    private void WriteRemedies(Flow flow, SideDecision side)
    {
        var remedies = _remedies.Find(flow, side);
        for (var i = 0; i < remedies.Length; i++)
        {
            var place = remedies[i].Span.IsKnown ? $"  {terminal.Faint(remedies[i].Span.ToString())}" : "";
            terminal.Output.WriteLine($"{Indent}{(i == 0 ? "to allow it: " : remedies[i - 1].Suffices ? "or:          " : "and:         ")}{remedies[i].Text}{place}");
            if (remedies[i].Yaml is { } yaml)
            {
                terminal.Output.WriteLine($"{Indent}             {terminal.Good(yaml)}");
            }
        }
    }

    /// <summary>The rule's place, and its lines with what matches underlined; the item itself where nothing does.</summary>
    private void WriteRule(Flow flow, Rule rule)
    {
        terminal.Output.WriteLine($"{Indent}{terminal.Faint(rule.Span.ToString())}");
        var subject = graph.SubjectOf(flow.Local(rule.Direction))!;
        var comparison = RuleComparison.Of(graph, subject, rule, flow);
        SourceSpan[] parts = [comparison.Peer?.Span ?? SourceSpan.None, comparison.Port?.Written ?? SourceSpan.None];
        SourceSnippet.Write(terminal.Output, terminal, Indent, parts.Any(p => p.IsKnown) ? parts : [rule.Span]);
    }

    private void WriteProxy(SideDecision side, ProxyDecision? proxy)
    {
        var output = terminal.Output;
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
            output.WriteLine($"{Indent}{terminal.Faint(proxy.Span.ToString())}");
            SourceSnippet.Write(output, terminal, Indent, proxy.Span);
        }
    }

    private string TierOf(Rule rule) => graph.PolicyOf(rule) is { Tier: not Tier.Normal } policy
        ? $" ({policy.Tier.ToString().ToLowerInvariant()} tier, priority {policy.Priority})" : "";

    private static string Undecided(DecisionReason reason, FlowPeer subject, string where) => reason switch
    {
        DecisionReason.NotIsolated => $"allowed: no policy restricts what goes {where} {subject}",
        DecisionReason.NodeLocal => $"allowed: {subject} always accepts its own node",
        DecisionReason.Loopback => $"allowed: {subject} reaches itself without leaving its network namespace",
        _ => $"not enforced: {subject} is not an endpoint of the input",
    };
}
