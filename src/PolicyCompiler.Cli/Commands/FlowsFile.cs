using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Cli.Commands;

/// <summary>
/// The file of <c>--flows</c>: an array of <c>{"from", "to", "protocol", "port", "family"?}</c>; for ICMP the port is the
/// type, and the family is IPv4 or IPv6; <c>http</c> (with <c>headers</c>), <c>dns</c> or <c>sni</c> is what is asked. The <c>verdict</c> and <c>because</c> that the cases under <c>policies/</c> expect
/// are passed over.
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

    /// <summary>What is asked on the connection; at most one of the three texts.</summary>
    public static string? ParseRequest(string? http, string[] headers, string? dns, string? serverName, out ProxyRequest? request)
    {
        request = null;
        if (new[] { http, dns, serverName }.Count(t => t is not null) > 1)
        {
            return "'http', 'dns' and 'sni' exclude each other";
        }

        if (http is not null)
        {
            if (HttpRequest.TryParse(http, headers) is not { } parsed)
            {
                return $"'{http}' is no request; write 'GET /path' or 'GET https://host/path', and headers as 'Name: value'";
            }

            request = new ProxyRequest.Http(parsed);
        }
        else if (dns is not null)
        {
            request = new ProxyRequest.Dns(DnsName.Normalise(dns));
        }
        else if (serverName is not null)
        {
            request = new ProxyRequest.ServerName(DnsName.Normalise(serverName));
        }

        return null;
    }

    private static string? Parse(JsonElement item, out FlowRequest? flow)
    {
        flow = null;
        if (item.ValueKind != JsonValueKind.Object)
        {
            return "it is not an object";
        }

        var unknown = item.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => n is not ("from" or "to" or "protocol" or "port" or "family" or "http" or "headers" or "dns" or "sni" or "verdict" or "because"));
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

        string[] headers = item.TryGetProperty("headers", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(h => h.ValueKind == JsonValueKind.String ? h.GetString()! : "")] : [];
        if (Parse(from, to, protocol, port, Text(item, "family"), out var plain) is { } problem)
        {
            return problem;
        }

        var flaw = ParseRequest(Text(item, "http"), headers, Text(item, "dns"), Text(item, "sni"), out var request);
        flow = plain! with { Request = request };
        return flaw;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Stage<IReadOnlyList<FlowRequest>> Failed(string path, string why) =>
        Stage.Of<IReadOnlyList<FlowRequest>>(null, [CliDiagnostics.BadFlowsFile.At(SourceSpan.None, path, why)]);
}
