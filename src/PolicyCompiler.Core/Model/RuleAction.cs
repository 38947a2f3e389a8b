namespace PolicyCompiler.Core.Model;

/// <summary>What a rule says of the flows it matches. The datapath's answer is the verdict.</summary>
public enum RuleAction
{
    Allow,
    Deny,

    /// <summary>The rest of the tier is skipped; the next tier decides.</summary>
    Pass,
}
