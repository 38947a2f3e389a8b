using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Exposure;

/// <summary>What one subject opens to sets of potential pods, and to names outside.</summary>
/// <param name="IsIsolated">Whether a policy isolates it.</param>
/// <param name="Sets">In the order in which they are told: the whole cluster first.</param>
/// <param name="HasOthers">Whether something is open to a pod of none of the smaller sets that are told.</param>
internal sealed record SubjectExposure(bool IsIsolated, ImmutableArray<(ExposedTo Peers, SetExposure Exposure)> Sets, bool HasOthers)
{
    private static readonly ExposedTo Cluster = new ExposedTo.EntireCluster();

    public static SubjectExposure Of(
        ExposureSubject subject, IReadOnlyList<PotentialPod> pods, PotentialPodEvaluator evaluator, NameExposure names, PortSet asked)
    {
        var answers = pods.Select(p => PodExposure.Of(subject, p, evaluator)).ToList();
        var sets = ImmutableArray.CreateBuilder<(ExposedTo Peers, SetExposure Exposure)>();
        var cluster = SetExposure.Of(subject.Segments, asked, answers);
        var told = new HashSet<string>(StringComparer.Ordinal) { string.Join(',', Enumerable.Range(0, pods.Count)) };
        var others = Enumerable.Range(0, pods.Count).ToHashSet();
        var namespaces = new List<(HashSet<int> Members, PortSet Ports)>();
        sets.Add((Cluster, cluster));
        Add(p => p.IsInNewNamespace, [new ExposedTo.NewNamespaces()]);
        // Namespaces that the selectors do not tell apart are one list, which is the same object in all of their pods.
        foreach (var existing in pods.Where(p => !p.IsInNewNamespace).Select(p => p.Existing).Distinct())
        {
            Add(p => p.Existing == existing, [.. existing.Select(n => new ExposedTo.InNamespace(n))]);
        }

        for (var i = 0; i < subject.Peers.Length; i++)
        {
            var bit = i;
            if (subject.Peers[i] is Peer.Endpoints peer && subject.Rules.Any(r => r.Action == RuleAction.Allow && r.Peers.Contains(peer)))
            {
                Add(p => p.IsMatchedBy(bit), [new ExposedTo.Matching(peer.Selector)]);
            }
        }

        foreach (var pattern in subject.Rules.SelectMany(r => r.Peers).OfType<Peer.Names>().Select(n => n.Pattern).Distinct())
        {
            sets.Add((new ExposedTo.Named(pattern), names.Of(subject, pattern, asked)));
        }

        return new SubjectExposure(
            subject.IsIsolated, sets.ToImmutable(), others.Any(o => answers[o].Plain.Contains(true) || !answers[o].Names.IsEmpty));

        // A set that is told under another name says nothing new, nor does one that has no more than all of its namespace.
        void Add(Func<PotentialPod, bool> isMember, IReadOnlyList<ExposedTo> peers)
        {
            var members = Enumerable.Range(0, pods.Count).Where(i => isMember(pods[i])).ToList();
            if (members.Count == 0)
            {
                return;
            }

            var exposure = SetExposure.Of(subject.Segments, asked, [.. members.Select(m => answers[m])]);
            var isPart = exposure.Some.Equals(exposure.Ports) && namespaces.Exists(n => n.Ports.Equals(exposure.Ports) && members.TrueForAll(n.Members.Contains));
            if (!isPart && IsTold(peers[0], exposure, cluster) && told.Add(string.Join(',', members)))
            {
                sets.AddRange(peers.Select(p => (p, exposure)));
                others.ExceptWith(members);
                if (peers[0] is not ExposedTo.Matching)
                {
                    namespaces.Add(([.. members], exposure.Ports));
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
        // One that does not tell a set apart has for it what it has for the whole cluster.
        var merged = subjects.Count == 1 ? subjects.First().Sets : [.. subjects.SelectMany(s => s.Sets.Select(x => x.Peers)).Distinct()
            .Select(p => (p, subjects.Select(s => s.OfSet(p)).Aggregate(SetExposure.Union)))];
        var cluster = merged[0].Exposure;
        var parts = merged.Where(s => s.Peers != Cluster && IsTold(s.Peers, s.Exposure, cluster)).OrderBy(s => Rank(s.Peers))
            .ThenBy(s => s.Peers is ExposedTo.InNamespace one ? one.Name : "", StringComparer.Ordinal);
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

    private SetExposure OfSet(ExposedTo peers)
    {
        foreach (var (known, exposure) in Sets)
        {
            if (known.Equals(peers))
            {
                return exposure;
            }
        }

        return Sets[0].Exposure with { Some = Sets[0].Exposure.Ports, Names = [] };
    }

    private static int Rank(ExposedTo peers) => peers switch
    {
        ExposedTo.NewNamespaces => 0,
        ExposedTo.InNamespace => 1,
        ExposedTo.Matching => 2,
        _ => 3,
    };

    private static bool IsTold(ExposedTo peers, SetExposure exposure, SetExposure cluster) => peers switch
    {
        ExposedTo.NewNamespaces or ExposedTo.InNamespace => !exposure.Ports.Equals(cluster.Ports),
        ExposedTo.Matching => !exposure.Ports.Equals(cluster.Ports) || !exposure.Some.Equals(exposure.Ports) || !exposure.Names.IsEmpty,
        _ => !exposure.IsNothing,
    };
}
