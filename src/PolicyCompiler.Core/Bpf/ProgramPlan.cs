namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// Everything the code of one object depends on. Endpoints whose plans are equal share the object; what differs between
/// them is data in maps.
/// </summary>
/// <param name="Ingress">Decision for packets to the endpoint.</param>
/// <param name="Egress">Decision for packets from the endpoint.</param>
/// <param name="IpCache">Kinds of ipcache entries.</param>
/// <param name="NodeLocal">Compile in the check that lets the endpoint's own node in.</param>
/// <param name="Enforced">False: no policy selects the endpoint in either direction, so nothing is tracked.</param>
public sealed record ProgramPlan(DecisionPlan Ingress, DecisionPlan Egress, IpCacheShape IpCache, bool NodeLocal, bool Enforced)
{
    /// <summary>What the decisions can answer besides drop and allow.</summary>
    public ProgramFeatures Features { get; init; }

    /// <summary>What the target kernel needs in place of newer features.</summary>
    public KernelAlternatives Alternatives { get; init; }
}
