namespace PolicyCompiler.Core.Proxy;

/// <summary>What came of merging the rules of several policies.</summary>
public abstract record ProxyMerge
{
    private ProxyMerge()
    {
    }

    public sealed record Merged(ProxyRuleSet Set) : ProxyMerge;

    /// <summary>No single proxy configuration does what both rules ask.</summary>
    /// <param name="Kind">What they disagree about.</param>
    /// <param name="First">The rule with the lower id.</param>
    /// <param name="Second">The first rule that cannot join it.</param>
    public sealed record Conflict(ProxyConflictKind Kind, ProxyRuleMember First, ProxyRuleMember Second) : ProxyMerge;
}
