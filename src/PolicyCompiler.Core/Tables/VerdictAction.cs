namespace PolicyCompiler.Core.Tables;

/// <summary>What the datapath does with a packet. The numbers are those of policyc_abi.h.</summary>
public enum VerdictAction
{
    Drop = 0,
    Allow = 1,

    /// <summary>Through the decision's proxy, which reads the connection; a drop while none listens.</summary>
    Redirect = 2,

    /// <summary>An allow once both ends have authenticated each other; a drop before.</summary>
    Authenticate = 3,

    /// <summary>A redirect once they have.</summary>
    AuthenticateAndRedirect = 4,
}
