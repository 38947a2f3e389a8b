using System.CommandLine;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Cli.Commands;

/// <summary>Arguments of the commands that compile.</summary>
internal sealed class InputOptions
{
    public Argument<string[]> Paths { get; } = new("PATH")
    {
        Description = "YAML or JSON files, directories (searched for *.yaml, *.yml, *.json), or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<bool> IpBlockMatchesPods { get; } = new("--ipblock-matches-pods")
    {
        Description = "An ipBlock also matches the addresses of pods. Network plugins differ; Cilium's do not match.",
    };

    public Option<bool> WarningsAsErrors { get; } = new("--warnaserror") { Description = "A warning fails the command." };

    public void AddTo(Command command)
    {
        command.Add(Paths);
        command.Add(IpBlockMatchesPods);
        command.Add(WarningsAsErrors);
    }

    public CompileRequest RequestOf(ParseResult result, CompileStage until) =>
        new([.. result.GetRequiredValue(Paths)], new GraphOptions(result.GetValue(IpBlockMatchesPods)), until);
}
