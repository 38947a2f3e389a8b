using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Assertions.Syntax;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Assertions.Building;

/// <summary>The tree of a list of ports -> port keys. A number without a protocol has that of the item before it.</summary>
internal sealed class PortBuilder(TokenText text, List<Diagnostic> findings)
{
    public ImmutableArray<PortKeyRange> Build(FlowParser.PortsContext ports)
    {
        var ranges = ImmutableArray.CreateBuilder<PortKeyRange>();
        IpProtocol? protocol = null;
        foreach (var port in ports.port())
        {
            protocol = port.protocol() is { } written ? ProtocolOf(written) : protocol;
            if (protocol is not { } known)
            {
                findings.Add(FlowDiagnostics.BadValue.At(text.SpanOf(port), port.GetText(), "port with a protocol", "TCP, UDP or SCTP before it"));
                return [];
            }

            var number = port.RANGE() ?? port.NUMBER();
            if (number is null)
            {
                ranges.Add(known.HasPorts() ? new PortKeyRange(PortKey.Of(known, 1), PortKey.Of(known, ushort.MaxValue)) : PortKey.All(known));
            }
            else if (RangeOf(known, number.GetText()) is { } range)
            {
                ranges.Add(range);
            }
            else
            {
                var (what, instead) = known.IsIcmp() ? ("ICMP type", "0 to 255")
                    : known.HasPorts() ? ("port", "1 to 65535, or a range with the lower port first")
                    : ("port of a protocol that has ports", "the protocol alone");
                findings.Add(FlowDiagnostics.BadValue.At(text.SpanOf(number.Symbol), number.GetText(), what, instead));
            }
        }

        return ranges.ToImmutable();
    }

    private IpProtocol? ProtocolOf(FlowParser.ProtocolContext protocol)
    {
        if (protocol.NUMBER() is not { } number)
        {
            return IpProtocols.TryParse(protocol.GetText(), out var named) ? named : null;
        }

        if (byte.TryParse(number.GetText(), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return (IpProtocol)value;
        }

        findings.Add(FlowDiagnostics.BadValue.At(text.SpanOf(number.Symbol), number.GetText(), "IP protocol", "0 to 255"));
        return (IpProtocol)byte.MaxValue;
    }

    private static PortKeyRange? RangeOf(IpProtocol protocol, string written)
    {
        var ends = written.Split('-');
        var (lowest, highest) = protocol.IsIcmp() ? (0, byte.MaxValue) : protocol.HasPorts() ? (1, ushort.MaxValue) : (1, 0);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first >= lowest && first <= last && last <= highest
            ? new PortKeyRange(PortKey.Of(protocol, first), PortKey.Of(protocol, last))
            : null;
    }
}
