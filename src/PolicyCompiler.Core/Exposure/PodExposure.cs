using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Exposure;

/// <summary>What a subject opens to one kind of peer.</summary>
/// <param name="Always">By segment: open, whatever port names the peer has.</param>
/// <param name="Plain">By segment: open to a peer that has no port names.</param>
/// <param name="Names">Port names that open more.</param>
/// <param name="Rules">Rules that open something.</param>
internal sealed record PodExposure(bool[] Always, bool[] Plain, ImmutableHashSet<string> Names, ImmutableHashSet<RuleId> Rules)
{
    /// <summary>Most port names whose combinations are all tried; of more, each alone and all together.</summary>
    private const int MostCombinedNames = 5;

    public static PodExposure Of(ExposureSubject subject, PotentialPod pod, PotentialPodEvaluator evaluator)
    {
        var combinations = Combinations(subject.PortNames);
        var unnamed = pod.ToEndpoint([]);
        var (always, plain) = (new bool[subject.Segments.Length], new bool[subject.Segments.Length]);
        var names = ImmutableHashSet<string>.Empty;
        var rules = ImmutableHashSet<RuleId>.Empty;
        for (var i = 0; i < subject.Segments.Length; i++)
        {
            var (protocol, port) = PortKey.Parse(subject.Segments[i].First);
            always[i] = plain[i] = IsOpen(unnamed, ref rules);
            foreach (var combination in combinations)
            {
                ImmutableArray<NamedPort> declared = [.. combination.Where(n => (n.Protocol ?? protocol) == protocol).Select(n => new NamedPort(n.Name, protocol, (ushort)port))];
                var isOpen = declared.IsEmpty ? plain[i] : IsOpen(pod.ToEndpoint(declared), ref rules);
                always[i] &= isOpen;
                if (isOpen && !plain[i] && combination.Length == 1)
                {
                    names = names.Union(combination.Select(n => n.Name));
                }
            }

            bool IsOpen(Endpoint endpoint, ref ImmutableHashSet<RuleId> deciding)
            {
                var side = evaluator.Evaluate(subject.Example, subject.Direction, pod, endpoint, protocol, port);
                deciding = side is { Allowed: true, Rule: { } rule } ? deciding.Add(rule.Id) : deciding;
                return side.Allowed;
            }
        }

        return new PodExposure(always, plain, names, rules);
    }

    /// <summary>Sets of names, none of them empty.</summary>
    private static List<ImmutableArray<PortMatch.Named>> Combinations(ImmutableArray<PortMatch.Named> names)
    {
        if (names.Length > MostCombinedNames)
        {
            return [.. names.Select(n => ImmutableArray.Create(n)), names];
        }

        return
        [
            .. Enumerable.Range(1, (1 << names.Length) - 1)
                .Select(set => names.Where((_, i) => (set >> i & 1) == 1).ToImmutableArray()),
        ];
    }
}
