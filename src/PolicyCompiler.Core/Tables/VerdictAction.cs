namespace PolicyCompiler.Core.Tables;

/// <summary>What the datapath does with a packet. The numbers are those of policyc_abi.h.</summary>
public enum VerdictAction
{
    Drop = 0,
    Allow = 1,
    Redirect = 2,
    Authenticate = 3,
    AuthenticateAndRedirect = 4,
}
