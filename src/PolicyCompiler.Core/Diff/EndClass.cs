namespace PolicyCompiler.Core.Diff;

/// <summary>Ends with the same key, or some of them.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Key">What they have in common.</param>
/// <param name="Members">The ends.</param>
internal sealed record EndClass(int Index, EndKey Key, IReadOnlyList<EndMember> Members)
{
    public bool IsSubject => Key.Egress != PolicyPair.Outside || Key.Ingress != PolicyPair.Outside;

    /// <summary>Exists on the old side: it has an identity there.</summary>
    public bool IsOld => Key.Egress.Old != PolicyPair.Absent;

    public bool IsNew => Key.Egress.New != PolicyPair.Absent;

    public bool HasPods => Members[0] is EndMember.Pod;
}
