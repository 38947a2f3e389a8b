namespace PolicyCompiler.Core.Diff;

/// <summary>What a change does to the flows it concerns, in the order in which reports list it.</summary>
public enum ChangeKind
{
    /// <summary>Whatever passed before passes now, and something more.</summary>
    Widened,

    /// <summary>Whatever passes now passed before, and something more did.</summary>
    Narrowed,

    /// <summary>Flows pass under other conditions, of which neither contains the other as far as can be proven.</summary>
    Changed,

    /// <summary>An end exists on the new side only, and flows of it pass.</summary>
    Added,

    /// <summary>An end exists on the old side only, and flows of it passed.</summary>
    Removed,
}
