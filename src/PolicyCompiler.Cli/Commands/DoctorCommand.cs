using System.CommandLine;
using PolicyCompiler.Cli.Doctor;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc doctor</c>: what this machine can do, and what to do about the rest.</summary>
internal static class DoctorCommand
{
    public static Command Create(GlobalOptions global)
    {
        var command = new Command("doctor", "Check what this machine needs to compile, verify and enforce, and say what to do.");
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            terminal.Stages.Show("looking at this machine");
            var checks = MachineChecks.Judge(MachineProbe.Read());
            terminal.Stages.Clear();
            var exitCode = checks.Any(c => c.Status == CheckStatus.Missing) ? ExitCode.Environment : ExitCode.Ok;

            // The list itself says all of them to people, once.
            terminal.Run.Findings.AddRange(checks.Select(c => c.Finding).OfType<Diagnostic>());
            if (global.FormatOf(result) == OutputFormat.Json)
            {
                DoctorListing.WriteJson(checks, exitCode, terminal);
            }
            else
            {
                DoctorListing.WriteText(checks, terminal);
            }

            return exitCode;
        });
        return command;
    }
}
