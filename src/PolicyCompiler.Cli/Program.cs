using System.CommandLine;
using PolicyCompiler.Cli;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;

var global = new GlobalOptions();
var root = new RootCommand("Network policies to kernel-verified BPF.")
{
    CompileCommand.Create(global),
    ExplainCommand.Create(global),
    ConnectivityCommand.Create(global),
    VerifyCommand.Create(global),
    DumpCommand.Create(global),
    DoctorCommand.Create(global),
};
foreach (var command in root.Subcommands.Where(c => c.Name != ConnectivityCommand.Name))
{
    global.Refuse(command, "csv");
}

foreach (var option in global.All)
{
    root.Add(option);
}

var parsed = root.Parse(args);
var name = parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name;
if (parsed.Errors.Count > 0)
{
    // The options themselves may be what is wrong, so these are looked for in the words.
    var words = new CommandWords(args);
    var format = words.ValueOf("--format") switch { "json" => OutputFormat.Json, "sarif" => OutputFormat.Sarif, _ => OutputFormat.Text };
    var terminal = Terminal.OfProcess(noColor: false, verbose: false, format, global.Run);
    var exitCode = terminal.Fail(ExitCode.Usage, [.. parsed.Errors.Select(e => CliDiagnostics.Usage.At(SourceSpan.None, e.Message))], format);
    Console.Error.WriteLine($"policyc: see '{$"policyc {name}".TrimEnd()} --help'");
    return new RunReports(format, words.ValueOf("--sarif"), words.ValueOf("--summary")).Write(name, global.Run, exitCode, terminal);
}

try
{
    return Report(parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
}
catch (Exception e)
{
    var exitCode = global.TerminalOf(parsed).Fail(
        ExitCode.Internal, [CliDiagnostics.Internal.At(SourceSpan.None, e.GetType().Name, e.Message)], global.FormatOf(parsed));
    if (parsed.GetValue(global.Verbose))
    {
        Console.Error.WriteLine(e);
    }

    return Report(exitCode);
}

// Help and version are no runs of a command, and report nothing.
int Report(int exitCode) => !global.HasRun ? exitCode
    : new RunReports(global.FormatOf(parsed), parsed.GetValue(global.Sarif), parsed.GetValue(global.Summary))
        .Write(name, global.Run, exitCode, global.TerminalOf(parsed));
