using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Cli.Commands;

/// <summary>
/// The file of <c>--flows</c>: an array of <c>{"from", "to", "protocol", "port", "family"?}</c>; for ICMP the port is the
/// type, and the family is IPv4 or IPv6.
/// </summary>
internal static class FlowsFile
{
    public static Stage<IReadOnlyList<FlowRequest>> Read(string path)
    {
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                return Failed(path, "it is not an array");
            }

            var flows = new List<FlowRequest>();
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (Parse(item, out var flow) is { } problem)
                {
                    return Failed(path, FormattableString.Invariant($"flow {flows.Count + 1}: {problem}"));
                }

                flows.Add(flow!);
            }

            return Stage.Of<IReadOnlyList<FlowRequest>>(flows);
        }
        // InvalidOperationException: a string with half of a surrogate pair.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return Failed(path, e.Message);
        }
    }

    /// <summary>Protocol and family as users write them; ICMP with family IPv6 is ICMPv6.</summary>
    public static string? Parse(string from, string to, string protocolText, int port, string? familyText, out FlowRequest? flow)
    {
        flow = null;
        if (!IpProtocols.TryParse(protocolText, out var protocol))
        {
            return $"'{protocolText}' is no protocol; write TCP, UDP, SCTP, ICMP, ICMPv6 or an IP protocol number";
        }

        AddressFamily? family = familyText?.ToUpperInvariant() switch
        {
            "IPV4" => AddressFamily.IPv4,
            "IPV6" => AddressFamily.IPv6,
            _ => null,
        };
        if (familyText is not null && family is null)
        {
            return $"'{familyText}' is no family; write IPv4 or IPv6";
        }

        if (protocol == IpProtocol.Icmp && family == AddressFamily.IPv6)
        {
            protocol = IpProtocol.IcmpV6;
        }

        if (protocol == IpProtocol.IcmpV6 && family == AddressFamily.IPv4)
        {
            return "ICMPv6 has no IPv4 flows";
        }

        flow = new FlowRequest(from, to, protocol, port, family);
        return null;
    }

    private static string? Parse(JsonElement item, out FlowRequest? flow)
    {
        flow = null;
        if (item.ValueKind != JsonValueKind.Object)
        {
            return "it is not an object";
        }

        var unknown = item.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => n is not ("from" or "to" or "protocol" or "port" or "family"));
        if (unknown is not null)
        {
            return $"it has an unknown member '{unknown}'";
        }

        if (Text(item, "from") is not { } from || Text(item, "to") is not { } to || Text(item, "protocol") is not { } protocol)
        {
            return "it lacks 'from', 'to' or 'protocol' as a string";
        }

        var port = 0;
        if (item.TryGetProperty("port", out var number) && (number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out port)))
        {
            return "its 'port' is not a number";
        }

        return Parse(from, to, protocol, port, Text(item, "family"), out flow);
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Stage<IReadOnlyList<FlowRequest>> Failed(string path, string why) =>
        Stage.Of<IReadOnlyList<FlowRequest>>(null, [CliDiagnostics.BadFlowsFile.At(SourceSpan.None, path, why)]);
}
