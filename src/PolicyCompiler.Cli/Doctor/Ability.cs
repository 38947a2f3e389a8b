namespace PolicyCompiler.Cli.Doctor;

/// <summary>What a machine may be wanted for.</summary>
[Flags]
internal enum Ability
{
    None = 0,
    Compile = 1,
    Verify = 2,
    Attach = 4,
}
