using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Exposure;

/// <summary>What one subject opens to sets of potential pods, and to names outside.</summary>
/// <param name="IsIsolated">Whether a policy isolates it.</param>
/// <param name="Sets">In the order in which they are told: the whole cluster first.</param>
/// <param name="HasOthers">Whether something is open to a pod of none of the smaller sets that are told.</param>
internal sealed record SubjectExposure(bool IsIsolated, ImmutableArray<(ExposedTo Peers, SetExposure Exposure)> Sets, bool HasOthers)
{
    private static readonly ExposedTo Cluster = new ExposedTo.EntireCluster();

    public static SubjectExposure Of(ExposureSubject subject, IReadOnlyList<PotentialPod> pods, PotentialPodEvaluator evaluator, PortSet asked)
    {
        var answers = pods.Select(p => PodExposure.Of(subject, p, evaluator)).ToList();
        var sets = ImmutableArray.CreateBuilder<(ExposedTo Peers, SetExposure Exposure)>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        var others = Enumerable.Range(0, pods.Count).ToHashSet();
        Add(Cluster, _ => true, always: true);
        Add(new ExposedTo.NewNamespaces(), p => p.IsInNewNamespace, always: true);
        foreach (var name in pods.SelectMany(p => p.Existing).Distinct().Order(StringComparer.Ordinal))
        {
            Add(new ExposedTo.InNamespace(name), p => p.Existing.Contains(name), always: true);
        }

        for (var i = 0; i < subject.Peers.Length; i++)
        {
            var bit = i;
            if (subject.Peers[i] is Peer.Endpoints peer && subject.Rules.Any(r => r.Action == RuleAction.Allow && r.Peers.Contains(peer)))
            {
                Add(new ExposedTo.Matching(peer.Selector), p => p.IsMatchedBy(bit), always: false);
            }
        }

        foreach (var pattern in subject.Rules.SelectMany(r => r.Peers).OfType<Peer.Names>().Select(n => n.Pattern).Distinct())
        {
            sets.Add((new ExposedTo.Named(pattern), OfName(subject, pattern, evaluator, asked)));
        }

        return new SubjectExposure(
            subject.IsIsolated, sets.ToImmutable(), others.Any(o => answers[o].Plain.Contains(true) || !answers[o].Names.IsEmpty));

        // A selector that selects all of the cluster or of a namespace says nothing new.
        void Add(ExposedTo peers, Func<PotentialPod, bool> isMember, bool always)
        {
            var members = Enumerable.Range(0, pods.Count).Where(i => isMember(pods[i])).ToList();
            if (members.Count > 0 && (told.Add(string.Join(',', members)) || always))
            {
                var exposure = SetExposure.Of(subject.Segments, asked, [.. members.Select(m => answers[m])]);
                sets.Add((peers, exposure));
                if (peers != Cluster && IsTold(peers, exposure, sets[0].Exposure))
                {
                    others.ExceptWith(members);
                }
            }
        }
    }

    /// <summary>
    /// Of the subjects of one workload together. What every pod of the cluster may do is not repeated for a part of it, and
    /// what only some of them may is told of those.
    /// </summary>
    public static IEnumerable<ExposureRow> RowsOf(IReadOnlyCollection<SubjectExposure> subjects, ConnectivityEnd end, Direction direction)
    {
        var merged = subjects.SelectMany(s => s.Sets).GroupBy(s => s.Peers, s => s.Exposure)
            .Select(g => (Peers: g.Key, Exposure: g.Aggregate(SetExposure.Union))).ToList();
        var cluster = merged.Single(s => s.Peers == Cluster).Exposure;
        var parts = merged.Where(s => s.Peers != Cluster && IsTold(s.Peers, s.Exposure, cluster)).ToList();
        var isTold = !cluster.Ports.IsEmpty || subjects.Any(s => s.HasOthers);
        return parts.Prepend((Peers: Cluster, Exposure: cluster)).Where(s => s.Peers != Cluster || isTold).Select(s => new ExposureRow(
            end,
            direction,
            s.Peers,
            s.Exposure.Ports,
            s.Exposure.Some,
            [.. s.Exposure.Names.Order(StringComparer.Ordinal)],
            [.. s.Exposure.Rules.OrderBy(r => r.Value)],
            subjects.Any(x => x.IsIsolated)));
    }

    private static bool IsTold(ExposedTo peers, SetExposure exposure, SetExposure cluster) => peers switch
    {
        ExposedTo.NewNamespaces or ExposedTo.InNamespace => !exposure.Ports.Equals(cluster.Ports),
        ExposedTo.Matching => !exposure.Ports.Equals(cluster.Ports) || !exposure.Some.Equals(exposure.Ports) || !exposure.Names.IsEmpty,
        _ => !exposure.IsNothing,
    };

    private static SetExposure OfName(ExposureSubject subject, NamePattern pattern, PotentialPodEvaluator evaluator, PortSet asked)
    {
        // Rules by name only allow, so that any name of the pattern has what all of them have.
        var name = pattern.IsPattern ? pattern.Text.Replace("**", "any", StringComparison.Ordinal).Replace("*", "any", StringComparison.Ordinal) : pattern.Text;
        var sides = subject.Segments.Select(s =>
        {
            var (protocol, port) = PortKey.Parse(s.First);
            return evaluator.Evaluate(subject.Example, subject.Direction, name, protocol, port);
        }).ToList();
        var ports = PortSet.Of(subject.Segments.Where((_, i) => sides[i].Allowed)).Intersect(asked);
        return new SetExposure(ports, ports, [], [.. sides.Where(s => s.Allowed).Select(s => s.Rule?.Id).OfType<RuleId>()]);
    }
}
