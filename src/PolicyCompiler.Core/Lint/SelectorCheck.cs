using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Lint;

/// <summary>Selectors that select nobody, of subjects and of peers.</summary>
internal static class SelectorCheck
{
    public static IEnumerable<LintFinding> Check(LintModel model)
    {
        foreach (var policy in model.Graph.Policies)
        {
            var contradictory = false;
            foreach (var selector in SelectorsOf(policy.Subject))
            {
                if (Contradiction(selector) is { } found)
                {
                    contradictory = true;
                    yield return found;
                }
            }

            if (!contradictory && model.SelectedBy(policy).Count == 0)
            {
                yield return new LintFinding(LintDiagnostics.PolicySelectsNothing.At(policy.Span, $"{policy.Kind} {policy.Reference}", policy.Subject));
            }

            // Rules of one item share its peers.
            foreach (var peer in policy.Rules.SelectMany(r => r.Peers).OfType<Peer.Endpoints>().Where(p => !model.SelectsPods(p)).DistinctBy(p => (p, p.Span)))
            {
                yield return Report(model.Graph, policy, peer.Selector);
            }
        }
    }

    private static LintFinding Report(RuleGraph graph, PolicyNode policy, EndpointSelector selector)
    {
        foreach (var part in new[] { selector.NamespaceSelector, selector.Pods }.OfType<LabelSelector>())
        {
            if (Contradiction(part) is { } found)
            {
                return found;
            }
        }

        var isOwn = selector.Namespace is { } name && name == policy.Namespace;
        return !isOwn && !graph.Cluster.Namespaces.Any(selector.MatchesNamespace)
            ? new LintFinding(LintDiagnostics.NoNamespace.At(selector.Span, selector.Namespace ?? $"{selector.NamespaceSelector}"))
            : new LintFinding(LintDiagnostics.NoPod.At(selector.Span, selector));
    }

    private static LintFinding? Contradiction(LabelSelector selector)
    {
        if (SelectorContainment.Contradiction(selector) is not var (first, second))
        {
            return null;
        }

        var span = second.Span.IsKnown ? second.Span : selector.Span;
        return new LintFinding(LintDiagnostics.Contradiction.At(span, first, second));
    }

    private static IEnumerable<LabelSelector> SelectorsOf(PolicySubject subject) => subject switch
    {
        PolicySubject.Pods pods => new[] { pods.Selector.NamespaceSelector, pods.Selector.Pods }.OfType<LabelSelector>(),
        PolicySubject.Nodes nodes => [nodes.Selector],
        _ => [],
    };
}
