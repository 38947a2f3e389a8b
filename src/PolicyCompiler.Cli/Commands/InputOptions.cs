using System.CommandLine;
using PolicyCompiler.Core.Bpf;
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

    public Option<string?> DnsRecords { get; } = new("--dns-records")
    {
        Description = "Addresses of DNS names, for rules by name: a JSON object {\"NAME\": [\"ADDRESS\"]}, or lines NAME ADDRESS...",
        HelpName = "FILE",
    };

    public Option<string?> Root { get; } = new("--root")
    {
        Description = "In what is written, files below this directory are named relative to it; by default, relative to the PATH that found them.",
        HelpName = "DIR",
    };

    public Option<string[]> TargetKernels { get; } = new("--target-kernel")
    {
        Description = "A kernel that has to take the programs, such as 5.10: they then use alternatives to what came later than the oldest of them. Without it they need Linux 5.12.",
        HelpName = "VERSION",
    };

    public Option<bool> WarningsAsErrors { get; } = new("--warnaserror") { Description = "A warning fails the command." };

    public void AddTo(Command command)
    {
        // A misspelt option would pass for a file that does not exist; a file of such a name can be written ./-name.
        Paths.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(t => t.Value).Where(v => v.Length > 1 && v[0] == '-'))
            {
                result.AddError($"'{word}' is no option of this command");
            }
        });
        TargetKernels.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(t => t.Value).Where(v => !KernelVersion.TryParse(v, out var version) || version < KernelVersion.Oldest))
            {
                result.AddError($"'{word}' is no kernel version from {KernelVersion.Oldest} on");
            }
        });
        command.Add(Paths);
        command.Add(IpBlockMatchesPods);
        command.Add(DnsRecords);
        command.Add(Root);
        command.Add(TargetKernels);
        command.Add(WarningsAsErrors);
    }

    public CompileRequest RequestOf(ParseResult result, CompileStage until) =>
        new([.. result.GetRequiredValue(Paths)], new GraphOptions(result.GetValue(IpBlockMatchesPods)), until)
        {
            DnsRecords = result.GetValue(DnsRecords),
            Root = result.GetValue(Root),
            TargetKernel = result.GetValue(TargetKernels) is { Length: > 0 } named
                ? named.Select(v => KernelVersion.TryParse(v, out var version) ? version : throw new InvalidOperationException($"kernel {v}")).Min()
                : null,
        };
}
