namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>
/// Fields and words of the policy.networking.k8s.io kinds, experimental channel (network-policy-api: apis/v1alpha1,
/// apis/v1alpha2). v1alpha1 unless the name says <c>Cluster</c>, which is v1alpha2.
/// </summary>
internal static class AdminFields
{
    public const int MaxPriority = 1000;
    public const int MaxRuleName = 100;

    /// <summary>Items of networks or domainNames.</summary>
    public const int MaxPeerItems = 25;

    /// <summary>The longest IPv6 block that is written without an IPv4 part.</summary>
    public const int MaxCidrLength = 43;

    public static readonly string[] PolicyObject = ["apiVersion", "kind", "metadata", "spec", "status"];
    public static readonly string[] AdminSpec = ["priority", "subject", "ingress", "egress"];
    public static readonly string[] BaselineSpec = ["subject", "ingress", "egress"];
    public static readonly string[] ClusterSpec = ["tier", "priority", "subject", "ingress", "egress"];
    public static readonly string[] Tiers = ["Admin", "Baseline"];

    public static readonly string[] Subject = ["namespaces", "pods"];
    public static readonly string[] Pods = ["namespaceSelector", "podSelector"];

    public static readonly string[] IngressRule = ["name", "action", "from", "ports"];
    public static readonly string[] EgressRule = ["name", "action", "to", "ports"];
    public static readonly string[] ClusterIngressRule = ["name", "action", "from", "protocols"];
    public static readonly string[] ClusterEgressRule = ["name", "action", "to", "protocols"];
    public static readonly string[] AdminActions = ["Allow", "Deny", "Pass"];
    public static readonly string[] BaselineActions = ["Allow", "Deny"];
    public static readonly string[] ClusterActions = ["Accept", "Deny", "Pass"];

    public static readonly string[] IngressPeer = ["namespaces", "pods"];
    public static readonly string[] EgressPeer = ["namespaces", "pods", "nodes", "networks", "domainNames"];
    public static readonly string[] BaselineEgressPeer = ["namespaces", "pods", "nodes", "networks"];

    public static readonly string[] Port = ["portNumber", "portRange", "namedPort"];
    public static readonly string[] PortNumber = ["protocol", "port"];
    public static readonly string[] PortRange = ["protocol", "start", "end"];
    public static readonly string[] PortProtocols = ["TCP", "UDP", "SCTP"];
    public static readonly string[] ClusterProtocol = ["tcp", "udp", "sctp", "destinationNamedPort"];
    public static readonly string[] ClusterProtocolMatch = ["destinationPort"];
    public static readonly string[] ClusterPort = ["number", "range"];
    public static readonly string[] ClusterPortRange = ["start", "end"];

    /// <summary>A peer's <c>namespaces</c> in the first releases of v1alpha1.</summary>
    public static readonly string[] EarlyNamespaces = ["namespaceSelector"];

    /// <summary>A peer's <c>pods</c> in the first releases of v1alpha1.</summary>
    public static readonly string[] EarlyPods = ["namespaces", "podSelector"];
}
