using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc explain</c>: why a flow is allowed or denied.</summary>
internal static class ExplainCommand
{
    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var from = new Option<string>("--from") { Description = $"Who opens the connection: {FlowReference.Forms}.", HelpName = "REF" };
        var to = new Option<string>("--to") { Description = "Who is addressed, in the same forms.", HelpName = "REF" };
        var protocol = new Option<string>("--protocol") { Description = "TCP, UDP, SCTP, ICMP, ICMPv6 or an IP protocol number.", HelpName = "NAME|N", DefaultValueFactory = _ => "TCP" };
        var port = new Option<int>("--port") { Description = "Number of the destination port; the type for ICMP. Other protocols have none.", HelpName = "N", DefaultValueFactory = _ => 0 };
        var family = new Option<string?>("--family") { Description = "IPv4 or IPv6, where both ends have both.", HelpName = "IPv4|IPv6" };
        var flows = new Option<string?>("--flows") { Description = "Many flows in one run: a JSON array of {from, to, protocol, port}.", HelpName = "FILE" };
        var http = new Option<string?>("--http") { Description = "Also decide an HTTP request on the connection: 'GET /path' or 'GET https://host/path'.", HelpName = "REQUEST" };
        var headers = new Option<string[]>("--header") { Description = "A header of the request of --http: 'Name: value'.", HelpName = "HEADER" };
        var dns = new Option<string?>("--dns") { Description = "Also decide a DNS query on the connection.", HelpName = "NAME" };
        var sni = new Option<string?>("--sni") { Description = "Also decide a TLS handshake that asks for a server name.", HelpName = "NAME" };
        var inKernel = new Option<bool>("--in-kernel") { Description = "Also run each flow's packet through the compiled program in this kernel, and fail if it decides otherwise." };
        var walk = new Option<bool>("--walk") { Description = "Tell it step by step: who the ends are, each stage, and each rule with what of it matches." };
        var pcap = new Option<string?>("--pcap") { Description = "Write the packets of the flow to a capture file.", HelpName = "FILE" };
        var tcpdump = new Option<bool>("--tcpdump") { Description = "Print a capture filter for the flow and its replies." };
        var command = new Command("explain", "Say why a flow is allowed or denied, down to the line of the policy.");
        input.AddTo(command);
        foreach (var option in new Option[] { from, to, protocol, port, family, flows, http, headers, dns, sni, inKernel, walk, pcap, tcpdump })
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

            // Nothing listens on port 0, and an answer about it would pass for one about any port.
            var word = result.GetResult(protocol) is { Tokens: [var token, ..] } ? token.Value : IpProtocol.Tcp.Name();
            if (one && result.GetResult(port) is null or { Implicit: true } && IpProtocols.TryParse(word, out var named) && (named.HasPorts() || named.IsIcmp()))
            {
                result.AddError(named.IsIcmp() ? "name the type of the message with --port, such as 8 for an echo request" : "name the destination port with --port");
            }

            var asked = new Option[] { http, dns, sni }.Count(o => result.GetResult(o) is not null);
            if (asked > 1 || (asked == 1 && result.GetResult(flows) is not null))
            {
                result.AddError("--http, --dns and --sni exclude each other; a flows file has members of these names");
            }

            if (result.GetResult(headers) is not null && result.GetResult(http) is null)
            {
                result.AddError("--header goes with --http");
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
            else if (FlowsFile.ParseRequest(
                result.GetValue(http), result.GetValue(headers) ?? [], result.GetValue(dns), result.GetValue(sni), out var asked) is { } flaw)
            {
                return terminal.Fail(ExitCode.Usage, [CliDiagnostics.Usage.At(SourceSpan.None, flaw)], global.FormatOf(result));
            }
            else
            {
                requests = Stage.Of<IReadOnlyList<FlowRequest>>([request! with { Request = asked }]);
            }

            if (!requests.Succeeded)
            {
                return terminal.Fail(ExitCode.Failed, requests.Diagnostics, global.FormatOf(result));
            }

            var stage = result.GetValue(inKernel) ? CompileStage.Objects : result.GetValue(walk) ? CompileStage.Tables : CompileStage.Graph;
            var compilation = CompilerHost.Compile(input.RequestOf(result, stage), terminal);
            var findings = compilation.Diagnostics.Where(d => d.Severity != DiagnosticSeverity.Information || terminal.Verbose).ToList();
            var exitCode = CompilerHost.ExitCodeOf(compilation.Diagnostics, result.GetValue(input.WarningsAsErrors));
            if (exitCode != ExitCode.Ok)
            {
                return terminal.Fail(exitCode, findings, global.FormatOf(result));
            }

            terminal.Report(findings);
            return Explain(compilation, requests.Value!, stage == CompileStage.Objects, result.GetValue(walk), new Captures(result.GetValue(pcap), result.GetValue(tcpdump)), global.FormatOf(result), terminal);
        });
        return command;
    }

    private static int Explain(Compilation compilation, IReadOnlyList<FlowRequest> requests, bool inKernel, bool withWalk, Captures captures, OutputFormat format, Terminal terminal)
    {
        var graph = compilation.Graph!;
        var explainer = new FlowExplainer(graph);
        var flows = new List<ExplainedFlow>();
        var problems = new List<Diagnostic>();
        foreach (var request in requests)
        {
            var flow = explainer.Explain(request);
            problems.AddRange(flow.Diagnostics);
            if (flow.Value is { } explained)
            {
                flows.Add(explained);
            }
        }

        if (problems.Count > 0)
        {
            return terminal.Fail(ExitCode.Failed, problems, format);
        }

        var kernel = inKernel ? KernelCheck.Run(compilation, [.. flows.SelectMany(f => f.Answers).Select(a => a.Decision)]) : null;
        var ends = withWalk ? new EndDescriber(compilation.Tables!) : null;
        var decided = flows.SelectMany(f => f.Answers).Select(a => a.Decision.Flow).ToList();
        if (captures.WritePackets(decided) is { } unwritten)
        {
            return terminal.Fail(ExitCode.Failed, [unwritten], format);
        }

        if (format == OutputFormat.Json)
        {
            new FlowJson(graph, kernel, ends).Write(flows, terminal);
        }
        else
        {
            FlowText.Write(graph, flows, kernel, ends, terminal);
            captures.WriteFilter(decided, terminal);
        }

        terminal.Report(kernel?.Diagnostics ?? []);
        return kernel is null || kernel.Diagnostics.Count == 0 ? ExitCode.Ok
            : kernel.Disagrees ? ExitCode.Internal
            : ExitCode.Environment;
    }
}
