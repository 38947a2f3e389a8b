namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// What a program's verdicts can ask besides drop and allow; what none asks costs no code. Bits as in the template, which
/// drops verdicts that it was compiled without.
/// </summary>
[Flags]
public enum ProgramFeatures
{
    None = 0,

    /// <summary>Sends connections to proxies.</summary>
    Redirects = 1,

    /// <summary>Lets connections be opened only between ends that have authenticated each other.</summary>
    Authenticates = 2,
}
