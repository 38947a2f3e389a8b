namespace PolicyCompiler.Core.Graph;

/// <summary>Seen from the endpoint a policy selects. The numbers are those of policyc_abi.h.</summary>
public enum Direction
{
    Ingress = 0,
    Egress = 1,
}
