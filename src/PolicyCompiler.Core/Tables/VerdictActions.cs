namespace PolicyCompiler.Core.Tables;

/// <summary>What an action asks of the datapath.</summary>
public static class VerdictActions
{
    /// <summary>No packet passes, whatever the node provides. True for numbers without a name, as in the datapath.</summary>
    public static bool IsDrop(this VerdictAction action) => action is <= VerdictAction.Drop or > VerdictAction.AuthenticateAndRedirect;

    /// <summary>Packets go through a proxy.</summary>
    public static bool Redirects(this VerdictAction action) => action is VerdictAction.Redirect or VerdictAction.AuthenticateAndRedirect;

    /// <summary>Both ends authenticate first.</summary>
    public static bool NeedsAuthentication(this VerdictAction action) =>
        action is VerdictAction.Authenticate or VerdictAction.AuthenticateAndRedirect;

    /// <summary>As reports and bundles name it.</summary>
    public static string Word(this VerdictAction action) => action switch
    {
        VerdictAction.Allow => "allow",
        VerdictAction.Redirect => "redirect",
        VerdictAction.Authenticate => "authenticate",
        VerdictAction.AuthenticateAndRedirect => "authenticate-and-redirect",
        _ => "drop",
    };
}
