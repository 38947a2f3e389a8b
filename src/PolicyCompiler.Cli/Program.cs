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
};
foreach (var command in root.Subcommands.Where(c => c.Name != ConnectivityCommand.Name))
{
    foreach (var listing in new[] { "csv", "markdown", "dot", "html" })
    {
        global.Refuse(command, listing);
    }
}

root.Add(global.Format);
root.Add(global.NoColor);
root.Add(global.Verbose);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    // The options themselves may be what is wrong, so the format is looked for in the words.
    var format = args.Contains("--format=json") || args.Contains("--format:json") || args.Zip(args.Skip(1)).Contains(("--format", "json")) ? OutputFormat.Json : OutputFormat.Text;
    var command = parsed.CommandResult.Command == root ? "policyc" : $"policyc {parsed.CommandResult.Command.Name}";
    var exitCode = Terminal.OfProcess(noColor: false, verbose: false)
        .Fail(ExitCode.Usage, [.. parsed.Errors.Select(e => CliDiagnostics.Usage.At(SourceSpan.None, e.Message))], format);
    Console.Error.WriteLine($"policyc: see '{command} --help'");
    return exitCode;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e)
{
    var exitCode = global.TerminalOf(parsed).Fail(
        ExitCode.Internal, [CliDiagnostics.Internal.At(SourceSpan.None, e.GetType().Name, e.Message)], global.FormatOf(parsed));
    if (parsed.GetValue(global.Verbose))
    {
        Console.Error.WriteLine(e);
    }

    return exitCode;
}
