using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Doctor;

/// <summary>One thing that a machine needs or should have.</summary>
/// <param name="Name">A word or two.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Found">What is there.</param>
/// <param name="Remedy">What to do; empty when it is good.</param>
/// <param name="Blocks">What does not work until that is done.</param>
internal sealed record MachineCheck(string Name, CheckStatus Status, string Found, string Remedy, Ability Blocks)
{
    public static MachineCheck Good(string name, string found) => new(name, CheckStatus.Good, found, "", Ability.None);

    /// <summary>Something to do; it is as bad as what it blocks.</summary>
    public static MachineCheck Bad(string name, string found, string remedy, Ability blocks) => new(
        name, (blocks & (Ability.Compile | Ability.Verify)) == 0 ? CheckStatus.Limited : CheckStatus.Missing, found, remedy, blocks);

    /// <summary>Null when it is good.</summary>
    public Diagnostic? Finding => Status switch
    {
        CheckStatus.Missing => CliDiagnostics.MachineLacks.At(SourceSpan.None, Name, Found, Remedy),
        CheckStatus.Limited => CliDiagnostics.MachineLimits.At(SourceSpan.None, Name, Found, Remedy),
        _ => null,
    };
}
