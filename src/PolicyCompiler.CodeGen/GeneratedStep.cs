namespace PolicyCompiler.CodeGen;

/// <summary>
/// What code does that no policy line is responsible for. The numbers are lines of the pseudo source file that debug
/// information names for it.
/// </summary>
internal enum GeneratedStep
{
    Decide = 1,
    Constant,
    LookUpPort,
    LookUpIdentity,
    PortClass,
    IdentityClass,
    ReadVerdict,
    Default,
}
