namespace PolicyCompiler.MSBuild;

/// <summary>What a build asks of the kernel verifier.</summary>
public enum VerificationMode
{
    /// <summary>It must accept the programs; where it cannot be asked, the build fails.</summary>
    Require,

    /// <summary>It must accept them where it can be asked; elsewhere a warning says that they are unverified.</summary>
    WhenAvailable,

    /// <summary>It is not asked.</summary>
    None,
}
