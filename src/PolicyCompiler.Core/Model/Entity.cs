namespace PolicyCompiler.Core.Model;

/// <summary>
/// What a peer can be named as instead of by labels or addresses (cilium.io/v2, pkg/policy/api/entity.go). A flow end can
/// be one, too, where its address is not known.
/// </summary>
public enum Entity
{
    /// <summary>Everyone.</summary>
    All,

    /// <summary>Everything outside the cluster, of both families.</summary>
    World,
    WorldIPv4,
    WorldIPv6,

    /// <summary>The endpoint's own node, and the host-network pods on it.</summary>
    Host,

    /// <summary>Every other node.</summary>
    RemoteNode,

    /// <summary>The addresses behind the service default/kubernetes.</summary>
    KubeApiServer,

    /// <summary>All of the cluster: pods, nodes, and what follows here.</summary>
    Cluster,

    /// <summary>Endpoints whose labels are not known yet.</summary>
    Init,

    /// <summary>The cluster's ingress proxy.</summary>
    Ingress,

    /// <summary>Cilium's health endpoints.</summary>
    Health,

    /// <summary>Addresses of the cluster that no agent manages.</summary>
    Unmanaged,

    /// <summary>Nobody.</summary>
    None,
}
