using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Items of <c>ports</c>.</summary>
internal sealed class CiliumPortReader(FieldReader fields)
{
    private const string AnyProtocol = "ANY";

    public static readonly string[] Protocols = ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6", AnyProtocol];

    /// <summary>Behind enable-extended-ip-protocols, which is off unless a cluster sets it.</summary>
    private static readonly string[] ExtendedProtocols = ["VRRP", "IGMP", "GRE", "IPIP", "IPv6", "ESP", "AH"];

    /// <summary>Null when there is no valid port, which has been reported.</summary>
    public CiliumPort? Read(YamlMapping item)
    {
        fields.CheckFields(item, "a port", CiliumFields.Port);
        var protocol = ReadProtocol(item);
        if (FieldReader.Find(item, "port") is not { } node || node is YamlScalar { Text.Length: 0 })
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.PortMissing, item.Find("port") ?? item);
            return null;
        }

        if (!fields.IsText(node, out var text))
        {
            return null;
        }

        if (IsServiceName(text.Text))
        {
            return new CiliumPort(protocol, null, text.Text.ToLowerInvariant(), ReadEndPort(item, text, null), item.Span);
        }

        if (Problem(text.Text, protocol) is { } problem)
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.InvalidPort, text, Quote.Shorten(text.Text), problem);
            return null;
        }

        var number = ushort.Parse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture);
        return new CiliumPort(protocol, number, null, ReadEndPort(item, text, number), item.Span);
    }

    /// <summary>RFC 6335, 5.1: tried before numbers, so that <c>0x10</c> is a name.</summary>
    private static bool IsServiceName(string text) => KubernetesNames.PortNameProblem(text.ToLowerInvariant()) is null;

    private static string? Problem(string text, IpProtocol? protocol)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return KubernetesNames.PortNameProblem(text.ToLowerInvariant());
        }

        // The agent would read it as an octal number.
        if (text.Length > 1 && text[0] == '0')
        {
            return "it has a leading zero";
        }

        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return "the largest port number is 65535";
        }

        return protocol is { } known && known.IsIcmp() && number > byte.MaxValue ? "the largest ICMP type is 255" : null;
    }

    private IpProtocol? ReadProtocol(YamlMapping item)
    {
        if (fields.Text(item, "protocol") is not { Text.Length: > 0 } node
            || node.Text.Equals(AnyProtocol, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (Protocols.Contains(node.Text, StringComparer.OrdinalIgnoreCase) && IpProtocols.TryParse(node.Text, out var protocol))
        {
            return protocol;
        }

        if (ExtendedProtocols.Contains(node.Text, StringComparer.OrdinalIgnoreCase))
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.ExtendedProtocol, node, node.Text);
        }
        else
        {
            fields.Findings.ReportField(
                CiliumPortDiagnostics.UnknownProtocol, node, Quote.Shorten(node.Text), Suggestion.Clause(node.Text, Protocols));
        }

        return null;
    }

    /// <summary>
    /// Null unless it is greater than the start: the agent takes 0 and smaller ends for a single port. Behind a name it
    /// takes no end, and behind 0, all ports, none has a meaning.
    /// </summary>
    private ushort? ReadEndPort(YamlMapping item, YamlScalar port, ushort? start)
    {
        if (FieldReader.Find(item, "endPort") is not { } node || !fields.IsInteger(node, out var end) || end == 0)
        {
            return null;
        }

        if (end is < 0 or > ushort.MaxValue)
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.EndPortOutOfRange, node, ((YamlScalar)node).Text);
            return null;
        }

        if (start is null or 0)
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.EndPortWithoutNumber, node, Quote.Shorten(port.Text));
            return null;
        }

        if (end < start)
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.EndPortIgnored, node, end, start);
        }

        return end > start ? (ushort)end : null;
    }
}
