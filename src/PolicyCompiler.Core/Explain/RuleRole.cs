namespace PolicyCompiler.Core.Explain;

/// <summary>What a rule has to do with a decision.</summary>
public enum RuleRole
{
    /// <summary>It does not match.</summary>
    NoMatch,

    /// <summary>It matches and decides.</summary>
    Decides,

    /// <summary>It matches and says the same as the one that decides.</summary>
    Agrees,

    /// <summary>It matches and leaves the decision to the next tier.</summary>
    Passes,

    /// <summary>It matches, and another one comes first.</summary>
    Overruled,
}
