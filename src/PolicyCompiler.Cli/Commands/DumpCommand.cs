using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc dump</c>: what is in a bundle, as text.</summary>
internal static class DumpCommand
{
    public static Command Create(GlobalOptions global)
    {
        var bundleArgument = new Argument<string>("BUNDLE") { Description = "Directory that 'policyc compile -o' wrote." };
        var tables = new Option<bool>("--tables") { Description = "Only the tables." };
        var programs = new Option<bool>("--programs") { Description = "Only the disassembly." };
        var command = new Command("dump", "Print the tables of a bundle, and a disassembly in which each block names its rule.");
        command.Add(bundleArgument);
        command.Add(tables);
        command.Add(programs);
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var bundle = BundleReader.Read(result.GetRequiredValue(bundleArgument));
            terminal.Report(bundle.Diagnostics);
            if (bundle.Value is null)
            {
                return ExitCode.Failed;
            }

            var both = result.GetValue(tables) == result.GetValue(programs);
            if (both || result.GetValue(tables))
            {
                terminal.Output.Write(BundleText.Write(bundle.Value));
            }

            return both || result.GetValue(programs) ? DumpPrograms(bundle.Value, terminal) : ExitCode.Ok;
        });
        return command;
    }

    private static int DumpPrograms(EnforcementBundle bundle, Terminal terminal)
    {
        foreach (var (name, elf) in bundle.Objects)
        {
            var read = BpfObjectReader.Read(name, elf);
            terminal.Report(read.Diagnostics);
            if (read.Value is null)
            {
                return ExitCode.Failed;
            }

            foreach (var program in read.Value.Programs)
            {
                terminal.Output.WriteLine($"\n# {name}: {program.Name} ({program.Section}), {program.InstructionCount} instructions");
                terminal.Output.Write(BpfDisassembler.Disassemble(program));
            }
        }

        return ExitCode.Ok;
    }
}
