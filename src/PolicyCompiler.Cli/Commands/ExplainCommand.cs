using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc explain</c>: why a flow is allowed or denied.</summary>
internal static class ExplainCommand
{
    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var from = new Option<string>("--from") { Description = "Who opens the connection: NAMESPACE/POD or ip:ADDRESS.", HelpName = "REF" };
        var to = new Option<string>("--to") { Description = "Who is addressed: NAMESPACE/POD or ip:ADDRESS.", HelpName = "REF" };
        var protocol = new Option<string>("--protocol") { Description = "TCP, UDP, SCTP, ICMP, ICMPv6 or an IP protocol number.", HelpName = "NAME|N", DefaultValueFactory = _ => "TCP" };
        var port = new Option<int>("--port") { Description = "Number of the destination port; the type for ICMP.", HelpName = "N", DefaultValueFactory = _ => 0 };
        var family = new Option<string?>("--family") { Description = "IPv4 or IPv6, where both ends have both.", HelpName = "IPv4|IPv6" };
        var flows = new Option<string?>("--flows") { Description = "Many flows in one run: a JSON array of {from, to, protocol, port}.", HelpName = "FILE" };
        var inKernel = new Option<bool>("--in-kernel") { Description = "Also run each flow's packet through the compiled program in this kernel, and fail if it decides otherwise." };
        var command = new Command("explain", "Say why a flow is allowed or denied, down to the line of the policy.");
        input.AddTo(command);
        foreach (var option in new Option[] { from, to, protocol, port, family, flows, inKernel })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var one = result.GetResult(from) is not null && result.GetResult(to) is not null;
            if (one == result.GetResult(flows) is not null)
            {
                result.AddError("name a flow with --from and --to, or many with --flows");
            }
        });
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            Stage<IReadOnlyList<FlowRequest>> requests;
            if (result.GetValue(flows) is { } file)
            {
                requests = FlowsFile.Read(file);
            }
            else if (FlowsFile.Parse(
                result.GetValue(from)!, result.GetValue(to)!, result.GetValue(protocol)!, result.GetValue(port), result.GetValue(family), out var request) is { } problem)
            {
                return terminal.Fail(ExitCode.Usage, [CliDiagnostics.Usage.At(SourceSpan.None, problem)], global.FormatOf(result));
            }
            else
            {
                requests = Stage.Of<IReadOnlyList<FlowRequest>>([request!]);
            }

            if (!requests.Succeeded)
            {
                return terminal.Fail(ExitCode.Failed, requests.Diagnostics, global.FormatOf(result));
            }

            var stage = result.GetValue(inKernel) ? CompileStage.Objects : CompileStage.Graph;
            var compilation = CompilerHost.Compile(input.RequestOf(result, stage));
            var findings = compilation.Diagnostics.Where(d => d.Severity != DiagnosticSeverity.Information || terminal.Verbose).ToList();
            var exitCode = CompilerHost.ExitCodeOf(compilation.Diagnostics, result.GetValue(input.WarningsAsErrors));
            if (exitCode != ExitCode.Ok)
            {
                return terminal.Fail(exitCode, findings, global.FormatOf(result));
            }

            terminal.Report(findings);
            return Explain(compilation, requests.Value!, stage == CompileStage.Objects, global.FormatOf(result), terminal);
        });
        return command;
    }

    private static int Explain(Compilation compilation, IReadOnlyList<FlowRequest> requests, bool inKernel, OutputFormat format, Terminal terminal)
    {
        var graph = compilation.Graph!;
        var resolver = new FlowResolver(graph);
        var evaluator = new FlowEvaluator(graph);
        var decisions = new List<FlowDecision>();
        var problems = new List<Diagnostic>();
        foreach (var request in requests)
        {
            var flow = resolver.Resolve(request);
            problems.AddRange(flow.Diagnostics);
            if (flow.Value is { } resolved)
            {
                decisions.Add(evaluator.Evaluate(resolved));
            }
        }

        if (problems.Count > 0)
        {
            return terminal.Fail(ExitCode.Failed, problems, format);
        }

        var kernel = inKernel ? KernelCheck.Run(compilation, decisions) : null;
        if (format == OutputFormat.Json)
        {
            FlowReport.WriteJson(graph, decisions, kernel, terminal);
        }
        else
        {
            FlowReport.WriteText(graph, decisions, kernel, terminal);
        }

        terminal.Report(kernel?.Diagnostics ?? []);
        return kernel is null || kernel.Diagnostics.Count == 0 ? ExitCode.Ok
            : kernel.Disagrees ? ExitCode.Internal
            : ExitCode.Environment;
    }
}
