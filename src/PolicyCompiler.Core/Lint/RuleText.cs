using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Lint;

/// <summary>How messages name rules.</summary>
internal static class RuleText
{
    /// <summary>Kind, policy, place, and where it is written.</summary>
    public static string Of(RuleGraph graph, Rule rule)
    {
        var policy = graph.PolicyOf(rule);
        return $"{policy.Kind} {policy.Reference} {rule.Place}{At(rule.Span)}";
    }

    public static string Of(PolicyNode policy, Rule rule) => $"{policy.Kind} {policy.Reference} {rule.Place}";

    public static string Ports(Rule rule) => rule.Ports.Any(p => p is PortMatch.All) ? "every port" : string.Join(", ", rule.Ports);

    private static string At(SourceSpan span) => span.IsKnown ? $" ({span})" : "";
}
