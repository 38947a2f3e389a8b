using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Cli.Rendering.Connectivity;

/// <summary>Names of decisions: the rules that decided, or why none did.</summary>
internal sealed class DecisionText(PolicyTables tables)
{
    private readonly Dictionary<(ImmutableArray<DecidedPorts> Decided, PortSet Ports), string> _lines = [];

    /// <summary>The rules behind a decision: several where a proxy serves them together, none where no rule decided.</summary>
    public IEnumerable<Rule> RulesOf(int decision) => tables.Decision(decision) switch
    {
        { Proxy: { } proxy } => proxy.Members.Select(m => tables.Graph.Rules[m.Value]),
        { Rule: { } rule } => [tables.Graph.Rules[rule.Value]],
        _ => [],
    };

    /// <summary>Why something is open that no rule opens.</summary>
    public string ReasonOf(int decision) => tables.Decision(decision)!.Kind switch
    {
        DecisionKind.NotIsolated => "no policy isolates it",
        DecisionKind.NodeLocal => "its own node",
        var kind => kind.ToString(),
    };

    public PolicyNode PolicyOf(Rule rule) => tables.Graph.PolicyOf(rule);

    /// <summary>What is done besides allowing; empty for a plain allow.</summary>
    public string ActionOf(int decision) => tables.Decision(decision)!.Action switch
    {
        VerdictAction.Redirect => "through a proxy",
        VerdictAction.Authenticate => "once authenticated",
        VerdictAction.AuthenticateAndRedirect => "once authenticated, through a proxy",
        _ => "",
    };

    /// <summary><c>NetworkPolicy shop/redis ingress[0] (policies.yaml:79)</c>.</summary>
    public string Describe(Rule rule) => $"{PolicyOf(rule).Kind} {PolicyOf(rule).Reference} {rule.Place} ({rule.Span})";

    /// <summary>A decision on one line: its rules, or the reason.</summary>
    public string Describe(int decision)
    {
        var rules = string.Join(", ", RulesOf(decision).Select(Describe));
        var action = ActionOf(decision);
        return rules.Length == 0 ? ReasonOf(decision) : action.Length == 0 ? rules : $"{rules} {action}";
    }

    /// <summary>A side of a row on one line, with the ports where the decisions share them.</summary>
    public string Line(ConnectivityRow row, Direction direction)
    {
        var side = direction == Direction.Ingress ? row.Ingress : row.Egress;
        if (side.IsEmpty)
        {
            return "";
        }

        if (!_lines.TryGetValue((side, row.Ports), out var line))
        {
            var deciding = row.Deciding(direction);
            line = string.Join("; ", deciding.Select(d => deciding.Length == 1 ? Describe(d.Decision) : $"{d.Ports}: {Describe(d.Decision)}"));
            _lines.Add((side, row.Ports), line);
        }

        return line;
    }
}
