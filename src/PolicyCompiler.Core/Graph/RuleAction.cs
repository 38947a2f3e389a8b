namespace PolicyCompiler.Core.Graph;

/// <summary>What a rule says of the flows it matches. The datapath's answer is the verdict.</summary>
public enum RuleAction
{
    Allow,
    Deny,
}
