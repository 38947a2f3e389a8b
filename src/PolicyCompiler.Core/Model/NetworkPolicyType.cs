namespace PolicyCompiler.Core.Model;

/// <summary>An item of spec.policyTypes.</summary>
public enum NetworkPolicyType
{
    Ingress,
    Egress,
}
