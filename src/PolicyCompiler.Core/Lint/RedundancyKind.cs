namespace PolicyCompiler.Core.Lint;

/// <summary>Why no decision changes without a unit.</summary>
public enum RedundancyKind
{
    /// <summary>Other rules, or the default, say the same.</summary>
    Redundant,

    /// <summary>Rules that are asked before decide wherever it matches.</summary>
    Shadowed,

    /// <summary>A deny rule, or a policy that only denies: what it denies would not be allowed without it either.</summary>
    DenyWithoutEffect,

    /// <summary>It matches no identity and port at all.</summary>
    MatchesNothing,
}
