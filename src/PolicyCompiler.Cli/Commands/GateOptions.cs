using System.CommandLine;
using System.CommandLine.Parsing;

namespace PolicyCompiler.Cli.Commands;

/// <summary>What <c>policyc compile</c> can ask of policies beyond that they compile, before it writes a bundle.</summary>
/// <param name="global">Has the report on assertions.</param>
internal sealed class GateOptions(GlobalOptions global)
{
    private readonly DifferenceOptions _differences = new();

    public Option<string[]> Assertions { get; } = new("--assertions")
    {
        Description = "Assertions that must hold: a .flow file, or a directory of them; may be given more than once.",
        HelpName = "FILE",
    };

    public Option<bool> Lint { get; } = new("--lint") { Description = "Also report what 'policyc lint' finds." };

    public Option<string?> Config { get; } = LintCommand.ConfigOption();

    public Option<string[]> Against { get; } = new("--against")
    {
        Description = "Compare with an earlier state: a git revision of the PATHs (REVISION... for where it was left), REVISION:PATH, a path, or a bundle. Several paths are one state.",
        HelpName = "OLD",
    };

    public Option<string?> Changes { get; } = new("--changes") { Description = "Also write what changes to this file, as the page of 'policyc diff --format html'.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Assertions, global.JUnit, Lint, Config, Against, Changes })
        {
            command.Add(option);
        }

        _differences.AddTo(command);
        command.Validators.Add(result =>
        {
            Need(result, Assertions, global.JUnit);
            Need(result, Lint, Config);
            Need(result, Against, _differences.With, _differences.FailOn, _differences.Allow, Changes);
        });
    }

    /// <summary>Paths that are read beside the PATHs: the other side has them too.</summary>
    public string[] WithOf(ParseResult result) => _differences.WithOf(result);

    /// <summary>What was asked for.</summary>
    public GateRequest RequestOf(ParseResult result) => new(
        [.. result.GetValue(Assertions) ?? []],
        result.GetValue(Lint),
        result.GetValue(Config),
        [.. result.GetValue(Against) ?? []],
        result.GetValue(Changes),
        [.. _differences.FailOnOf(result)],
        result.GetResult(Against) is null ? null : _differences.ReadAllowList(result));

    private static void Need(CommandResult result, Option needed, params Option[] options)
    {
        foreach (var option in options.Where(o => result.GetResult(o) is not null && result.GetResult(needed) is null))
        {
            result.AddError($"{option.Name} needs {needed.Name}");
        }
    }
}
