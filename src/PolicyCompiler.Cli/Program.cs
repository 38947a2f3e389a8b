using System.CommandLine;
using PolicyCompiler.Cli;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;

StandardStream.Install();
var global = new GlobalOptions();
var root = new RootCommand("Network policies to kernel-verified BPF.")
{
    CompileCommand.Create(global),
    ExplainCommand.Create(global),
    ConnectivityCommand.Create(global),
    VerifyCommand.Create(global),
    DumpCommand.Create(global),
    TestCommand.Create(global),
    DoctorCommand.Create(global),
    DiffCommand.Create(global),
    LintCommand.Create(global),
};
foreach (var (format, owners) in new (string, string[])[]
{
    ("csv", [ConnectivityCommand.Name]),
    ("dot", [ConnectivityCommand.Name]),
    ("html", [ConnectivityCommand.Name, DiffCommand.Name]),
    ("markdown", [ConnectivityCommand.Name, DiffCommand.Name]),
    ("tap", [TestCommand.Name]),
})
{
    foreach (var command in root.Subcommands.Where(c => !owners.Contains(c.Name)))
    {
        global.Refuse(command, format);
    }
}

foreach (var option in global.All)
{
    root.Add(option);
}

var parsed = root.Parse(args);
var name = parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name;
try
{
    return parsed.Errors.Count > 0 ? WrongUsage() : Run();
}
catch (OutputException e)
{
    var terminal = global.TerminalOf(parsed);
    terminal.Report([CliDiagnostics.NotWritten.At(SourceSpan.None, "standard output", e.Message)]);
    return (global.ReportsOf(parsed) with { Format = OutputFormat.Text }).Write(name, global.Run, ExitCode.Failed, terminal);
}

int WrongUsage()
{
    // The options themselves may be what is wrong, so these are looked for in the words.
    var reports = global.ReportsOf(new CommandWords(args));
    var terminal = Terminal.OfProcess(noColor: false, verbose: false, reports.Format, global.Run);
    var exitCode = terminal.Fail(ExitCode.Usage, [.. parsed.Errors.Select(e => CliDiagnostics.Usage.At(SourceSpan.None, e.Message))], reports.Format);
    Console.Error.WriteLine($"policyc: see '{$"policyc {name}".TrimEnd()} --help'");
    return reports.Write(name, global.Run, exitCode, terminal);
}

int Run()
{
    try
    {
        return Report(parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
    }
    catch (Exception e) when (e is not OutputException)
    {
        var exitCode = global.TerminalOf(parsed).Fail(
            ExitCode.Internal, [CliDiagnostics.Internal.At(SourceSpan.None, e.GetType().Name, e.Message)], global.FormatOf(parsed));
        if (parsed.GetValue(global.Verbose))
        {
            Console.Error.WriteLine(e);
        }

        return Report(exitCode);
    }
}

// Help and version are no runs of a command, and report nothing.
int Report(int exitCode) => global.HasRun ? global.ReportsOf(parsed).Write(name, global.Run, exitCode, global.TerminalOf(parsed)) : exitCode;
