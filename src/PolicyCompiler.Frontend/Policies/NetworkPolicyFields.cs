namespace PolicyCompiler.Frontend.Policies;

/// <summary>Fields and words of networking.k8s.io/v1 NetworkPolicy: the one list for what is accepted and for what is documented.</summary>
internal static class NetworkPolicyFields
{
    public const int MaxPolicyTypes = 2;

    public static readonly string[] Policy = ["apiVersion", "kind", "metadata", "spec", "status"];
    public static readonly string[] Spec = ["podSelector", "policyTypes", "ingress", "egress"];
    public static readonly string[] PolicyTypes = ["Ingress", "Egress"];
    public static readonly string[] IngressRule = ["from", "ports"];
    public static readonly string[] EgressRule = ["to", "ports"];
    public static readonly string[] Peer = ["podSelector", "namespaceSelector", "ipBlock"];
    public static readonly string[] Block = ["cidr", "except"];
    public static readonly string[] Port = ["protocol", "port", "endPort"];
    public static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];
}
