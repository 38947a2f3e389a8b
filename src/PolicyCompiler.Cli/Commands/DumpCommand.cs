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
            var format = global.FormatOf(result);
            if (bundle.Value is null)
            {
                return terminal.Fail(ExitCode.Failed, bundle.Diagnostics, format);
            }

            var both = result.GetValue(tables) == result.GetValue(programs);
            if (format == OutputFormat.Json)
            {
                return DumpJson(bundle.Value, both || result.GetValue(tables), both || result.GetValue(programs), terminal);
            }

            if (both || result.GetValue(tables))
            {
                terminal.Output.Write(BundleText.Write(bundle.Value));
            }

            return both || result.GetValue(programs) ? DumpPrograms(bundle.Value, terminal) : ExitCode.Ok;
        });
        return command;
    }

    private static int DumpJson(EnforcementBundle bundle, bool tables, bool programs, Terminal terminal)
    {
        var objects = new List<BpfObject>();
        foreach (var (name, elf) in programs ? bundle.Objects : [])
        {
            var read = BpfObjectReader.Read(name, elf);
            if (read.Value is null)
            {
                return terminal.Fail(ExitCode.Failed, read.Diagnostics, OutputFormat.Json);
            }

            objects.Add(read.Value);
        }

        terminal.WriteJson(json =>
        {
            if (tables)
            {
                json.WritePropertyName("manifest");
                bundle.Manifest.WriteTo(json);
                json.WritePropertyName("verification");
                bundle.Verification.WriteTo(json);
                foreach (var member in new[] { bundle.Identities, bundle.Decisions, bundle.Endpoints }.SelectMany(d => d.EnumerateObject()))
                {
                    member.WriteTo(json);
                }
            }

            if (programs)
            {
                json.WriteObjects("programs", objects.SelectMany(o => o.Programs.Select(p => (o.Name, Program: p))), item =>
                {
                    json.WriteString("object", item.Name);
                    json.WriteString("program", item.Program.Name);
                    json.WriteString("section", item.Program.Section);
                    json.WriteNumber("instructions", item.Program.InstructionCount);
                    json.WriteStrings("disassembly", BpfDisassembler.Disassemble(item.Program).Split('\n', StringSplitOptions.RemoveEmptyEntries));
                });
            }
        });
        return ExitCode.Ok;
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
