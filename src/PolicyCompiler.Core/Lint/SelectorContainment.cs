using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// Whether a selector can select nothing but what another does, whatever labels objects have; and whether it can select
/// anything at all. A false from <see cref="Contains(LabelSelector, LabelSelector)"/> proves nothing.
/// </summary>
internal static class SelectorContainment
{
    public static bool Contains(LabelSelector outer, LabelSelector inner) => Contains(outer.Requirements, inner.Requirements);

    public static bool Contains(EndpointSelector outer, EndpointSelector inner) =>
        Contains(outer.Pods, inner.Pods) && Contains(NamespacesOf(outer), NamespacesOf(inner));

    public static bool Contains(PolicySubject outer, PolicySubject inner) => (outer, inner) switch
    {
        (PolicySubject.Pods a, PolicySubject.Pods b) => Contains(a.Selector, b.Selector),
        (PolicySubject.Nodes a, PolicySubject.Nodes b) => Contains(a.Selector, b.Selector),
        _ => false,
    };

    /// <summary>Whether no object can be selected by both; a false proves nothing.</summary>
    public static bool AreDisjoint(LabelSelector a, LabelSelector b) => Contradiction(a.Requirements.AddRange(b.Requirements)) is not null;

    /// <summary>Likewise.</summary>
    public static bool AreDisjoint(EndpointSelector a, EndpointSelector b) =>
        AreDisjoint(a.Pods, b.Pods) || Contradiction(NamespacesOf(a).AddRange(NamespacesOf(b))) is not null;

    /// <summary>Two requirements that no object can meet together; null: none contradict.</summary>
    public static (LabelRequirement First, LabelRequirement Second)? Contradiction(LabelSelector selector) => Contradiction(selector.Requirements);

    private static (LabelRequirement First, LabelRequirement Second)? Contradiction(ImmutableArray<LabelRequirement> all)
    {
        foreach (var group in all.GroupBy(r => r.Key, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            var requirements = group.ToList();
            for (var second = 1; second < requirements.Count; second++)
            {
                var first = requirements.Take(second).FirstOrDefault(r => Contradict(r, requirements[second]) || Contradict(requirements[second], r));
                if (first is not null)
                {
                    return (first, requirements[second]);
                }
            }
        }

        return null;
    }

    private static bool Contains(ImmutableArray<LabelRequirement> outer, ImmutableArray<LabelRequirement> inner) =>
        outer.All(o => inner.Any(i => Implies(i, o)));

    private static bool Implies(LabelRequirement given, LabelRequirement asked) => given.Key == asked.Key && (given.Operator, asked.Operator) switch
    {
        (SelectorOperator.In, SelectorOperator.In) => given.Values.All(v => asked.Values.Contains(v)),
        (SelectorOperator.In, SelectorOperator.NotIn) => !given.Values.Any(v => asked.Values.Contains(v)),
        (SelectorOperator.NotIn, SelectorOperator.NotIn) => asked.Values.All(v => given.Values.Contains(v)),
        (SelectorOperator.In or SelectorOperator.Exists, SelectorOperator.Exists) => true,
        (SelectorOperator.DoesNotExist, SelectorOperator.DoesNotExist or SelectorOperator.NotIn) => true,
        _ => false,
    };

    private static bool Contradict(LabelRequirement a, LabelRequirement b) => (a.Operator, b.Operator) switch
    {
        (SelectorOperator.In, SelectorOperator.In) => !a.Values.Any(v => b.Values.Contains(v)),
        (SelectorOperator.In, SelectorOperator.NotIn) => a.Values.All(v => b.Values.Contains(v)),
        (SelectorOperator.In or SelectorOperator.Exists, SelectorOperator.DoesNotExist) => true,
        _ => false,
    };

    /// <summary>Every namespace has its name as a label.</summary>
    private static ImmutableArray<LabelRequirement> NamespacesOf(EndpointSelector selector) => selector.NamespaceSelector is { } labels
        ? labels.Requirements
        : [new LabelRequirement(Namespace.NameLabel, SelectorOperator.In, [selector.Namespace!], selector.Span)];
}
