namespace PolicyCompiler.Core.Graph;

/// <summary>Which remote ends a rule by address can match. Policy kinds differ; see docs/semantics.md.</summary>
public enum AddressScope
{
    /// <summary>Addresses outside the cluster: Cilium's CIDR rules.</summary>
    Outside,

    /// <summary>And those of nodes: ipBlock of a NetworkPolicy.</summary>
    OutsideAndNodes,

    /// <summary>And those of pods: networks of the SIG's cluster policies.</summary>
    Everywhere,
}
