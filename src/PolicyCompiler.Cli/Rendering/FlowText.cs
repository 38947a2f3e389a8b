using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers of <c>policyc explain</c> for people.</summary>
internal static class FlowText
{
    private const int NamesShown = 5;

    /// <param name="graph">The graph.</param>
    /// <param name="flows">The answers.</param>
    /// <param name="kernel">What the programs said; null: they were not asked.</param>
    /// <param name="ends">Tells about the ends, for the whole walk; null: only the decision is shown.</param>
    /// <param name="terminal">Where to.</param>
    public static void Write(RuleGraph graph, IReadOnlyList<ExplainedFlow> flows, KernelCheck? kernel, EndDescriber? ends, Terminal terminal)
    {
        var sides = new SideText(graph, kernel, ends is not null, terminal);
        var first = 0;
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

            // Pods of a workload mostly fare alike: what differs is told once.
            foreach (var group in flow.Answers.Select((answer, number) => (Answer: answer, Number: first + number)).GroupBy(a => Outcome(a.Answer)))
            {
                var (answer, number) = group.First();
                terminal.Output.WriteLine($"{terminal.Strong(answer.Decision.Flow.ToString())}  {(answer.Allowed ? terminal.Good("ALLOWED") : terminal.Bad("DENIED"))}");
                WriteAlike([.. group.Skip(1).Select(a => a.Answer)], terminal);
                if (ends is not null)
                {
                    terminal.Output.WriteLine($"  from     {ends.Describe(answer.Decision.Flow.Source)}");
                    terminal.Output.WriteLine($"  to       {ends.Describe(answer.Decision.Flow.Destination)}");
                }

                sides.Write(number, answer.Decision.Flow, answer.Decision.Egress, answer.EgressProxy);
                sides.Write(number, answer.Decision.Flow, answer.Decision.Ingress, answer.IngressProxy);
                if (ends is not null && answer.Decision.Flow.Protocol.HasPorts())
                {
                    terminal.Output.WriteLine(answer.Allowed
                        ? "  replies  pass as part of the connection, whatever the policies say of their direction"
                        : "  replies  none: a packet of a connection that was open before is decided anew once these policies are in force");
                }
            }

            first += flow.Answers.Length;
        }
    }

    private static void WriteAlike(IReadOnlyList<FlowAnswer> others, Terminal terminal)
    {
        if (others.Count == 0)
        {
            return;
        }

        var names = others.Take(NamesShown).Select(a => $"{a.Decision.Flow.Source} -> {a.Decision.Flow.Destination}");
        terminal.Output.WriteLine($"  and {string.Join(", ", names)}{(others.Count > NamesShown ? $" and {others.Count - NamesShown} more" : "")}");
    }

    private static void WriteFrontend(ExplainedFlow flow, ServiceFrontend frontend, Terminal terminal)
    {
        terminal.Output.WriteLine($"{terminal.Strong($"{flow.Request.From} -> {flow.Request.To} {flow.Request.Protocol.Name()}/{flow.Request.Port}")}  {Verdict(flow, terminal)}");
        var count = flow.Answers.Select(a => a.Decision.Flow.Destination).Distinct().Count();
        terminal.Output.WriteLine((frontend.Port, count) switch
        {
            (null, _) => $"  service  {frontend.Reference} has no port {flow.Request.Protocol.Name()}/{flow.Request.Port}",
            (_, 0) => $"  service  {frontend.Reference} has no backend",
            _ => $"  service  {frontend.Reference} sends it to {count} {(count == 1 ? "backend" : "backends")}; policies see the backend",
        });
        terminal.Output.WriteLine($"{SideText.Indent}{terminal.Faint(frontend.Service.Span.ToString())}");
    }

    private static string Verdict(ExplainedFlow flow, Terminal terminal) => flow.IsMixed
        ? terminal.Warn($"PARTLY DENIED ({flow.Answers.Count(a => !a.Allowed)} of {flow.Answers.Length})")
        : flow.Allowed ? terminal.Good("ALLOWED") : terminal.Bad("DENIED");

    /// <summary>Equal for flows about which the same is to be told; the port after translation is part of what is told.</summary>
    private static (int, object?, object?, object?, object?, object?, object?) Outcome(FlowAnswer answer) => (
        answer.Decision.Flow.Port,
        answer.Decision.Egress.Reason,
        answer.Decision.Egress.Rule,
        answer.EgressProxy?.Verdict,
        answer.Decision.Ingress.Reason,
        answer.Decision.Ingress.Rule,
        answer.IngressProxy?.Verdict);
}
