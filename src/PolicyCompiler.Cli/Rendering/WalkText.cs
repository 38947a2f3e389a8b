using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>Stage by stage, and rule by rule.</summary>
internal static class WalkText
{
    private const int MostRules = 20;

    public static void Write(RuleGraph graph, SideWalk walk, Terminal terminal)
    {
        if (walk.Subject is null)
        {
            return;
        }

        var output = terminal.Output;
        output.WriteLine($"{SideText.Indent}{terminal.Strong("step by step")}, {walk.Decision.Direction.Word()} policies of {walk.Subject}: {(walk.Policies.IsEmpty ? "none" : "")}");
        foreach (var policy in walk.Policies)
        {
            output.WriteLine($"{SideText.Indent}  {policy.Kind} {policy.Reference}, {policy.Tier.ToString().ToLowerInvariant()} tier{(policy.Isolates(walk.Decision.Direction) ? ", isolates" : "")}  {terminal.Faint(policy.Span.ToString())}");
        }

        for (var i = 0; i < walk.Steps.Length; i++)
        {
            var step = walk.Steps[i];
            output.WriteLine($"{SideText.Indent}{i + 1}. {Title(step.Stage)}: {(step.Decides ? terminal.Strong(step.Outcome) : step.Outcome)}");
            WriteRules(graph, step, terminal);
        }
    }

    private static void WriteRules(RuleGraph graph, WalkStep step, Terminal terminal)
    {
        var others = 0;
        foreach (var rule in step.Rules)
        {
            if (rule.Role == RuleRole.NoMatch && others++ >= MostRules && !terminal.Verbose)
            {
                continue;
            }

            var compared = rule.Comparison;
            var word = rule.Role switch
            {
                RuleRole.Decides => terminal.Strong("decides"),
                RuleRole.Agrees => "matches too",
                RuleRole.Passes => "passes",
                RuleRole.Overruled => "matches, too late",
                _ => terminal.Faint("no match"),
            };
            var why = rule.Role == RuleRole.NoMatch ? compared.Why : $"{compared.Peer}, {compared.Port}";
            terminal.Output.WriteLine($"{SideText.Indent}     {word}: {FlowJson.Name(graph, compared.Rule)} ({why})  {terminal.Faint(compared.Rule.Span.ToString())}");
        }

        if (others > MostRules && !terminal.Verbose)
        {
            terminal.Output.WriteLine($"{SideText.Indent}     and {others - MostRules} more rules that do not match (-v shows them)");
        }
    }

    private static string Title(WalkStage stage) => stage switch
    {
        WalkStage.AdminTier => "admin tier",
        WalkStage.DenyRules => "deny rules",
        WalkStage.OwnNode => "own node",
        WalkStage.AllowRules => "allow rules",
        WalkStage.Isolation => "isolation",
        _ => "baseline tier",
    };
}
