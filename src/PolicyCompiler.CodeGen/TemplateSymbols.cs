namespace PolicyCompiler.CodeGen;

/// <summary>Names by which template and generated code find each other; fixed by bpf-templates/README.md.</summary>
internal static class TemplateSymbols
{
    public const string DecideIngress = "policyc_decide_ingress";
    public const string DecideEgress = "policyc_decide_egress";
    public const string Enforced = "policyc_enforced";
    public const string IpCacheShape = "policyc_ipcache_shape";
    public const string NodeLocal = "policyc_node_local";
    public const string Features = "policyc_features";
    public const string Alternatives = "policyc_alternatives";

    /// <summary><c>u32 (packet *)</c>: identity index of the remote address.</summary>
    public const string Identity = "policyc_identity";

    /// <summary><c>u32 (packet *)</c>: port key.</summary>
    public const string PortKey = "policyc_port_key";

    /// <summary><c>u32 (page, index)</c>: a word of a page; 0 when there is no such page.</summary>
    public const string Slot = "policyc_slot";

    /// <summary><c>u32 (direction, which)</c>: a root page of the endpoint's configuration.</summary>
    public const string Root = "policyc_root";

    public const string Endpoint = "policyc_endpoint";
    /// <summary>The map that only <see cref="Core.Bpf.KernelAlternatives.Locks"/> uses.</summary>
    public const string Locks = "policyc_ct_locks";

    public const string MapSection = ".maps";
    public const string LicenseSection = "license";
}
