using System.CommandLine;
using System.Globalization;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Cli.Commands;

/// <summary>What is asked of <c>policyc connectivity</c>.</summary>
internal sealed class ConnectivityOptionSet
{
    private readonly GlobalOptions _global;
    private readonly Option<string> _level = GlobalOptions.OneOf("--level", "Rows between workloads, single pods, or namespaces.", "workload", "workload", "pod", "namespace");
    private readonly Option<string?> _direction = new("--direction") { Description = "With --focus: only connections into it, or only those out of it.", HelpName = "in|out" };
    private readonly Option<string[]> _ports = new("--port") { Description = "Only these ports: TCP/80, UDP/8000-8090 or SCTP; may be repeated.", HelpName = "PROTOCOL[/PORT[-PORT]]" };

    public ConnectivityOptionSet(GlobalOptions global)
    {
        _global = global;
        _direction.AcceptOnlyFromAmong("in", "out");
    }

    public Option<bool> Services { get; } = new("--services") { Description = "Also list who may talk to which service, decided at its backends." };

    public Option<bool> Exposure { get; } = new("--exposure") { Description = "Also what is open to pods and namespaces that do not exist yet, and to the outside; in text, JSON, Markdown and HTML." };

    public Option<string?> Focus { get; } = new("--focus") { Description = $"Only rows with this on either end: {ConnectivityFocus.Forms}. A pod stands for its workload at the level of workloads.", HelpName = "NAME" };

    public Option<bool> Rules { get; } = new("--rules") { Description = "With each row, the rules on both sides that open it." };

    public Option<string?> Output { get; } = OutputFile.Option();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _level, Focus, _direction, _ports, Rules, Services, Exposure, Output })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(_direction) is not null && result.GetResult(Focus) is null)
            {
                result.AddError("--direction goes with --focus");
            }

            foreach (var word in result.GetResult(_ports) is null ? [] : result.GetValue(_ports) ?? [])
            {
                if (PortOf(word) is null)
                {
                    result.AddError($"'{word}' is no port: write TCP/80, UDP/8000-8090 or SCTP");
                }
            }

            if (result.GetResult(_global.Format) is { Tokens: [{ Value: "csv" or "dot" }] } && result.GetValue(Exposure))
            {
                result.AddError("exposure has no place in this format: choose text, json, markdown or html");
            }

            if (result.GetResult(_global.Format) is { Tokens: [{ Value: "html" }] } && result.GetValue(_level) == "namespace")
            {
                result.AddError("the HTML page has the namespaces of workloads and pods already: leave --level namespace out");
            }
        });
    }

    public ConnectivityOptions OptionsOf(ParseResult result) => new()
    {
        Level = result.GetValue(_level) switch
        {
            "pod" => ConnectivityLevel.Pod,
            "namespace" => ConnectivityLevel.Namespace,
            _ => ConnectivityLevel.Workload,
        },
        Ports = result.GetValue(_ports) is { Length: > 0 } words ? PortSet.Of(words.Select(w => PortOf(w)!.Value)) : PortSet.All,
    };

    public Direction? DirectionOf(ParseResult result) => result.GetValue(_direction) switch
    {
        "in" => Direction.Ingress,
        "out" => Direction.Egress,
        _ => null,
    };

    private static PortKeyRange? PortOf(string word)
    {
        var slash = word.Split('/');
        if (slash.Length > 2 || !IpProtocols.TryParse(slash[0], out var protocol) || !protocol.HasPorts())
        {
            return null;
        }

        if (slash.Length == 1)
        {
            return PortKey.All(protocol);
        }

        var bounds = slash[1].Split('-');
        return bounds.Length <= 2 && Number(bounds[0]) is { } first && Number(bounds[^1]) is { } last && first <= last
            ? new PortKeyRange(PortKey.Of(protocol, first), PortKey.Of(protocol, last))
            : null;

        static int? Number(string text) =>
            ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
