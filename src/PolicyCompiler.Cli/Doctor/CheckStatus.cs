namespace PolicyCompiler.Cli.Doctor;

internal enum CheckStatus
{
    Good,

    /// <summary>Compiling and verifying work; something else does not, or works less well.</summary>
    Limited,

    /// <summary>Compiling or verifying does not work.</summary>
    Missing,
}
