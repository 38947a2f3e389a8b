namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Which list of a rule an item is in, and whose rule it is: what may be written depends on it.</summary>
/// <param name="IsEgress">egress or egressDeny.</param>
/// <param name="IsDeny">ingressDeny or egressDeny.</param>
/// <param name="IsHost">The rule is for nodes.</param>
/// <param name="IsClusterwide">The policy is a CiliumClusterwideNetworkPolicy.</param>
internal readonly record struct RulePlace(bool IsEgress, bool IsDeny, bool IsHost, bool IsClusterwide)
{
    public string Field => (IsEgress, IsDeny) switch
    {
        (false, false) => "ingress",
        (false, true) => "ingressDeny",
        (true, false) => "egress",
        (true, true) => "egressDeny",
    };
}
