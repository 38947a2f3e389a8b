using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>Deletes what lint calls needless from the policies as they are written, so that the graph is made anew without it.</summary>
internal static partial class UnitRemover
{
    public static CompilerInput Remove(CompilerInput input, RuleGraph graph, params IEnumerable<RemovableUnit> units)
    {
        // From the last item to the first, so that the places of those that are still to go stay what they are.
        foreach (var unit in units.OrderByDescending(u => u.Policy.Index).ThenByDescending(u => u.Place is null ? -1 : IndexOf(u.Place)))
        {
            var policy = unit.Policy;
            var spec = graph.Policies.Where(p => (p.Kind, p.Namespace, p.Name) == (policy.Kind, policy.Namespace, policy.Name)).ToList().IndexOf(policy);
            input = input with
            {
                Policies = new PolicySet(
                [
                    .. input.Policies.Policies.SelectMany(p => (p.Kind, p.Namespace, p.Name) == (policy.Kind, policy.Namespace, policy.Name)
                        ? Without(p, spec, unit.Place) is { } left ? [left] : []
                        : new[] { p }),
                ]),
            };
        }

        return input;
    }

    private static PolicyObject? Without(PolicyObject policy, int spec, string? place)
    {
        if (policy is CiliumPolicy cilium)
        {
            ImmutableArray<CiliumRule> rules = place is null ? cilium.Rules.RemoveAt(spec) : cilium.Rules.SetItem(spec, Without(cilium.Rules[spec], place));
            return rules.IsEmpty ? null : cilium with { Rules = rules };
        }

        if (place is null)
        {
            return null;
        }

        var index = IndexOf(place);
        var isIngress = ListOf(place) == "ingress";
        return policy switch
        {
            NetworkPolicy p => isIngress ? p with { Ingress = p.Ingress.RemoveAt(index) } : p with { Egress = p.Egress.RemoveAt(index) },
            AdminPolicy p => isIngress ? p with { Ingress = p.Ingress.RemoveAt(index) } : p with { Egress = p.Egress.RemoveAt(index) },
            _ => throw new InvalidOperationException(policy.Kind),
        };
    }

    private static CiliumRule Without(CiliumRule rule, string place)
    {
        var index = IndexOf(place);
        return ListOf(place) switch
        {
            "ingress" => rule with { Ingress = rule.Ingress.RemoveAt(index) },
            "ingressDeny" => rule with { IngressDeny = rule.IngressDeny.RemoveAt(index) },
            "egress" => rule with { Egress = rule.Egress.RemoveAt(index) },
            _ => rule with { EgressDeny = rule.EgressDeny.RemoveAt(index) },
        };
    }

    private static string ListOf(string place) => Place().Match(place).Groups[1].Value;

    private static int IndexOf(string place) => int.Parse(Place().Match(place).Groups[2].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:^|\.)((?:in|e)gress(?:Deny)?)\[([0-9]+)\]$")]
    private static partial Regex Place();
}
