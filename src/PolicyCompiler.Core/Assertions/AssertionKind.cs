namespace PolicyCompiler.Core.Assertions;

/// <summary>What an assertion says of the flows it is about.</summary>
public enum AssertionKind
{
    /// <summary>They pass.</summary>
    Allow,

    /// <summary>They do not.</summary>
    Deny,

    /// <summary>Nothing but the source may reach the destination: a denial to everything else.</summary>
    Only,
}
