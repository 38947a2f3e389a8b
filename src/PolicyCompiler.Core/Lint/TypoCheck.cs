using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// Values of labels that nothing in the input has, one letter from a value that the same label has somewhere; and the same
/// for names of labels. Digits count numbers rather than spell words, so that v1 is no typo of v2.
/// </summary>
internal sealed class TypoCheck
{
    private const int ShortestWord = 3;

    private readonly string _kind;
    private readonly Dictionary<string, Dictionary<string, int>> _values = new(StringComparer.Ordinal);

    private TypoCheck(string kind, IEnumerable<LabelSet> objects)
    {
        _kind = kind;
        foreach (var label in objects.SelectMany(o => o))
        {
            if (!_values.TryGetValue(label.Key, out var values))
            {
                _values.Add(label.Key, values = new Dictionary<string, int>(StringComparer.Ordinal));
            }

            values[label.Value] = values.GetValueOrDefault(label.Value) + 1;
        }
    }

    public static IEnumerable<LintFinding> Check(LintModel model)
    {
        var cluster = model.Graph.Cluster;
        var pods = new TypoCheck("pod", cluster.Endpoints.Where(e => !e.IsNode).Select(e => e.PolicyLabels));
        var namespaces = new TypoCheck("namespace", cluster.Namespaces.Select(n => n.Labels));
        var nodes = new TypoCheck("node", cluster.Nodes.Select(n => n.Labels));
        var selectors = model.Graph.Policies.SelectMany(p => p.Rules.SelectMany(r => r.Peers).SelectMany(Of).Concat(Of(p.Subject)));
        return selectors.SelectMany(s => s.Selector.Requirements, (s, r) => (s.Check, Requirement: r))
            .DistinctBy(x => (x.Requirement.Span, x.Requirement))
            .SelectMany(x => x.Check.Of(x.Requirement));

        IEnumerable<(TypoCheck Check, LabelSelector Selector)> Of(object part) => part switch
        {
            Peer.Endpoints peer => OfPods(peer.Selector),
            PolicySubject.Pods subject => OfPods(subject.Selector),
            Peer.Nodes peer => [(nodes, peer.Selector)],
            PolicySubject.Nodes subject => [(nodes, subject.Selector)],
            _ => [],
        };

        IEnumerable<(TypoCheck, LabelSelector)> OfPods(EndpointSelector selector) =>
            selector.NamespaceSelector is { } labels ? [(pods, selector.Pods), (namespaces, labels)] : [(pods, selector.Pods)];
    }

    private IEnumerable<LintFinding> Of(LabelRequirement requirement)
    {
        if (requirement.Operator is not (SelectorOperator.In or SelectorOperator.Exists))
        {
            yield break;
        }

        if (!_values.TryGetValue(requirement.Key, out var values))
        {
            foreach (var (key, objects) in _values.Where(v => IsOneLetterFrom(v.Key, requirement.Key)).Take(1))
            {
                yield return Report(requirement, $"a label {requirement.Key}", key, objects.Values.Sum());
            }

            yield break;
        }

        foreach (var value in requirement.Values.Where(v => !values.ContainsKey(v)))
        {
            foreach (var (near, count) in values.Where(v => IsOneLetterFrom(v.Key, value)).OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).Take(1))
            {
                yield return Report(requirement, $"{requirement.Key}={value}", $"{requirement.Key}={near}", count);
            }
        }
    }

    private LintFinding Report(LabelRequirement requirement, string written, string meant, int count) =>
        new(LintDiagnostics.LikelyTypo.At(requirement.Span, _kind, written, meant, count == 1 ? $"1 {_kind} has" : $"{count} {_kind}s have"));

    /// <summary>One letter too many, too few or wrong, or two neighbours swapped.</summary>
    private static bool IsOneLetterFrom(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1 || Math.Min(a.Length, b.Length) < ShortestWord)
        {
            return false;
        }

        var start = a.AsSpan().CommonPrefixLength(b);
        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        var (restA, restB) = (a[start..^end], b[start..^end]);
        return !restA.Concat(restB).Any(char.IsAsciiDigit)
            && ((restA.Length <= 1 && restB.Length <= 1) || (restA.Length == 2 && restB.Length == 2 && restA[0] == restB[1] && restA[1] == restB[0]));
    }
}
