namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>
/// The fields of each object of a Cilium policy, as the custom resource definitions of cilium.io/v2 have them: the one list
/// for what is accepted and for what is documented.
/// </summary>
internal static class CiliumFields
{
    public static readonly string[] Policy = ["apiVersion", "kind", "metadata", "spec", "specs", "status"];

    public static readonly string[] Rule =
    [
        "endpointSelector", "nodeSelector", "ingress", "ingressDeny", "egress", "egressDeny", "enableDefaultDeny", "labels",
        "description", "log",
    ];

    public static readonly string[] DefaultDeny = ["ingress", "egress"];

    public static readonly string[] RuleLabel = ["key", "value", "source"];

    public static readonly string[] Log = ["value"];

    /// <summary>Fields of an ingress item that name peers; a rule has at most one of them.</summary>
    public static readonly string[] IngressPeers = ["fromEndpoints", "fromCIDR", "fromCIDRSet", "fromEntities", "fromNodes", "fromGroups"];

    public static readonly string[] EgressPeers =
        ["toEndpoints", "toCIDR", "toCIDRSet", "toEntities", "toNodes", "toGroups", "toServices", "toFQDNs"];

    public static readonly string[] Ingress = [.. IngressPeers, "toPorts", "icmps", "authentication"];

    public static readonly string[] Egress = [.. EgressPeers, "toPorts", "icmps", "authentication"];

    /// <summary>Fields of an allow item that a deny item of the same direction does not have.</summary>
    public static readonly string[] AllowOnly = ["toFQDNs", "authentication"];

    public static readonly string[] IngressDeny = [.. Ingress.Except(AllowOnly)];

    public static readonly string[] EgressDeny = [.. Egress.Except(AllowOnly)];

    /// <summary>Fields that an item had in older versions.</summary>
    public static readonly string[] RetiredIngress = ["fromRequires", "auth"];

    public static readonly string[] RetiredEgress = ["toRequires", "auth"];

    public static readonly string[] Authentication = ["mode"];

    public static readonly string[] RetiredAuthentication = ["type"];

    public static readonly string[] CidrRule = ["cidr", "cidrGroupRef", "cidrGroupSelector", "except"];

    public static readonly string[] Service = ["k8sService", "k8sServiceSelector"];

    public static readonly string[] ServiceName = ["serviceName", "namespace"];

    public static readonly string[] ServiceSelector = ["selector", "namespace"];

    public static readonly string[] Name = ["matchName", "matchPattern"];

    public static readonly string[] PortRule = ["ports", "rules", "serverNames", "listener", "terminatingTLS", "originatingTLS"];

    public static readonly string[] DenyPortRule = ["ports"];

    public static readonly string[] Port = ["port", "endPort", "protocol"];

    public static readonly string[] Icmp = ["fields"];

    public static readonly string[] IcmpField = ["family", "type"];

    public static readonly string[] L7Rules = ["http", "dns", "kafka", "l7proto", "l7"];

    public static readonly string[] Http = ["method", "path", "host", "headers", "headerMatches"];

    public static readonly string[] HeaderMatch = ["name", "value", "secret", "mismatch"];

    public static readonly string[] Secret = ["namespace", "name"];

    public static readonly string[] Kafka = ["role", "apiKey", "apiVersion", "clientID", "topic"];

    public static readonly string[] Listener = ["envoyConfig", "name", "priority"];

    public static readonly string[] EnvoyConfig = ["kind", "name"];

    public static readonly string[] Tls = ["secret", "trustedCA", "certificate", "privateKey"];

    public static readonly string[] CidrGroup = ["apiVersion", "kind", "metadata", "spec", "status"];

    public static readonly string[] CidrGroupSpec = ["externalCIDRs"];
}
