using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies;

/// <summary>Items of a rule's <c>ports</c>.</summary>
internal sealed class NetworkPolicyPortReader(FieldReader fields)
{
    public NetworkPolicyPort Read(YamlMapping item)
    {
        fields.CheckFields(item, "a port", NetworkPolicyFields.Port);
        var protocol = ReadProtocol(item);
        var (number, name) = ReadPort(item);
        return new NetworkPolicyPort(protocol, number, name, ReadEndPort(item, number), item.Span);
    }

    private IpProtocol? ReadProtocol(YamlMapping item)
    {
        if (fields.Text(item, "protocol") is not { } node)
        {
            return null;
        }

        if (NetworkPolicyFields.Protocols.Contains(node.Text, StringComparer.Ordinal) && IpProtocols.TryParse(node.Text, out var protocol))
        {
            return protocol;
        }

        fields.Findings.ReportField(
            PolicyDiagnostics.UnknownProtocol, node, Quote.Shorten(node.Text), Suggestion.Clause(node.Text, NetworkPolicyFields.Protocols));
        return null;
    }

    private (ushort? Number, string? Name) ReadPort(YamlMapping item)
    {
        switch (FieldReader.Find(item, "port"))
        {
            case null:
                return default;
            case YamlScalar { Kind: ScalarKind.String } text:
                if (KubernetesNames.PortNameProblem(text.Text) is { } problem)
                {
                    fields.Findings.ReportField(PolicyDiagnostics.InvalidPortName, text, Quote.Shorten(text.Text), problem);
                }

                return (null, text.Text);
            case var node:
                return (fields.PortNumber(node, PolicyDiagnostics.PortOutOfRange), null);
        }
    }

    private ushort? ReadEndPort(YamlMapping item, ushort? start)
    {
        if (FieldReader.Find(item, "endPort") is not { } node)
        {
            return null;
        }

        var end = fields.PortNumber(node, PolicyDiagnostics.EndPortOutOfRange);
        switch (FieldReader.Find(item, "port"))
        {
            case null:
                fields.Findings.ReportField(PolicyDiagnostics.EndPortWithoutPort, node);
                return null;
            case YamlScalar { Kind: ScalarKind.String } name:
                fields.Findings.ReportField(PolicyDiagnostics.EndPortWithName, node, Quote.Shorten(name.Text));
                return null;
            default:
                if (end < start)
                {
                    fields.Findings.ReportField(PolicyDiagnostics.EndPortTooSmall, node, end, start);
                }

                return end;
        }
    }
}
