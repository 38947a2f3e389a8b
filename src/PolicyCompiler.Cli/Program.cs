using System.CommandLine;
using PolicyCompiler.Cli;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Diagnostics;

var global = new GlobalOptions();
var root = new RootCommand("Network policies to kernel-verified BPF.")
{
    CompileCommand.Create(global),
    ExplainCommand.Create(global),
    VerifyCommand.Create(global),
    DumpCommand.Create(global),
};
root.Add(global.Format);
root.Add(global.NoColor);
root.Add(global.Verbose);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"policyc: error NP0000: {error.Message}");
    }

    Console.Error.WriteLine("policyc: see 'policyc --help'");
    return ExitCode.Usage;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e)
{
    global.TerminalOf(parsed).Report([CliDiagnostics.Internal.At(SourceSpan.None, e.GetType().Name, e.Message)]);
    if (parsed.GetValue(global.Verbose))
    {
        Console.Error.WriteLine(e);
    }

    return ExitCode.Internal;
}
