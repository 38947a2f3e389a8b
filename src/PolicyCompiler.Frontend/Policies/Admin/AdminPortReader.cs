using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>Items of a rule's <c>ports</c> (v1alpha1) or <c>protocols</c> (v1alpha2).</summary>
internal sealed class AdminPortReader(FieldReader fields, AdminConstraints constraints)
{
    private const string Number = "a number from 1 to 65535";

    /// <summary>Null when its ports cannot be known, which has been reported.</summary>
    public AdminPort? Read(YamlMapping item, AdminVariant variant)
    {
        var (what, choices) = variant.IsCluster ? ("a protocol", AdminFields.ClusterProtocol) : ("a port", AdminFields.Port);
        return constraints.OneOf(item, what, choices) switch
        {
            null => null,
            "namedPort" => ReadName(item, "namedPort"),
            "destinationNamedPort" => ReadName(item, "destinationNamedPort"),
            "portNumber" => ReadPortNumber(item),
            "portRange" => ReadPortRange(item),
            var protocol => ReadClusterProtocol(item, protocol),
        };
    }

    private AdminPort? ReadName(YamlMapping item, string field)
    {
        if (fields.Text(item, field) is not { } name)
        {
            return null;
        }

        if (KubernetesNames.PortNameProblem(name.Text) is { } problem)
        {
            fields.Findings.ReportField(PolicyDiagnostics.InvalidPortName, name, Quote.Shorten(name.Text), problem);
        }

        return new AdminPort(null, 0, 0, name.Text, item.Span);
    }

    private AdminPort? ReadPortNumber(YamlMapping item)
    {
        if (fields.Mapping(item, "portNumber") is not { } node)
        {
            return null;
        }

        fields.CheckFields(node, "portNumber", AdminFields.PortNumber);
        var protocol = ReadProtocol(node);
        return ReadNumber(node, "port", "portNumber") is { } number ? new AdminPort(protocol, number, number, null, item.Span) : null;
    }

    private AdminPort? ReadPortRange(YamlMapping item)
    {
        if (fields.Mapping(item, "portRange") is not { } node)
        {
            return null;
        }

        fields.CheckFields(node, "portRange", AdminFields.PortRange);
        var protocol = ReadProtocol(node);
        if (ReadEnds(node, "portRange") is not var (start, end))
        {
            return null;
        }

        if (start > end)
        {
            fields.Findings.ReportField(AdminDiagnostics.RangeBackwards, node, start, end, "");
        }
        else if (start == end)
        {
            fields.Findings.ReportField(AdminDiagnostics.RangeOfOnePort, node, start);
        }

        return new AdminPort(protocol, start, end, null, item.Span);
    }

    private AdminPort? ReadClusterProtocol(YamlMapping item, string name)
    {
        if (fields.Mapping(item, name) is not { } match || !IpProtocols.TryParse(name, out var protocol))
        {
            return null;
        }

        fields.CheckFields(match, name, AdminFields.ClusterProtocolMatch);
        if (constraints.RequiredMapping(match, "destinationPort", name, "; every port is {range: {start: 1, end: 65535}}") is not { } port)
        {
            return null;
        }

        switch (constraints.OneOf(port, "destinationPort", AdminFields.ClusterPort))
        {
            case "number":
                return ReadNumber(port, "number", "destinationPort") is { } number
                    ? new AdminPort(protocol, number, number, null, item.Span)
                    : null;
            case "range" when fields.Mapping(port, "range") is { } range:
                fields.CheckFields(range, "range", AdminFields.ClusterPortRange);
                if (ReadEnds(range, "range") is not ({ } start, { } end))
                {
                    return null;
                }

                if (start >= end)
                {
                    var hint = start == end ? "; for the one port write number" : "";
                    fields.Findings.ReportField(AdminDiagnostics.RangeBackwards, range, start, end, hint);
                }

                return new AdminPort(protocol, start, end, null, item.Span);
            default:
                return null;
        }
    }

    /// <summary>TCP when absent; null when it is no protocol, which has been reported.</summary>
    private IpProtocol? ReadProtocol(YamlMapping item)
    {
        if (fields.Text(item, "protocol") is not { } node)
        {
            return IpProtocol.Tcp;
        }

        if (AdminFields.PortProtocols.Contains(node.Text, StringComparer.Ordinal) && IpProtocols.TryParse(node.Text, out var protocol))
        {
            return protocol;
        }

        fields.Findings.ReportField(
            PolicyDiagnostics.UnknownProtocol, node, Quote.Shorten(node.Text), Suggestion.Clause(node.Text, AdminFields.PortProtocols));
        return null;
    }

    /// <summary>Null unless both are there.</summary>
    private (ushort Start, ushort End)? ReadEnds(YamlMapping range, string what)
    {
        var start = ReadNumber(range, "start", what);
        var end = ReadNumber(range, "end", what);
        return start is { } first && end is { } last ? (first, last) : null;
    }

    private ushort? ReadNumber(YamlMapping parent, string name, string what) =>
        constraints.Required(parent, name, what, $", {Number}") is { } node ? fields.PortNumber(node, PolicyDiagnostics.PortOutOfRange) : null;
}
