using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Commands;

/// <summary>What <c>policyc explain</c> gives to someone at the machine.</summary>
/// <param name="File">Where the packets of the flows go; null: nowhere.</param>
/// <param name="WithFilter">Whether a capture filter is printed.</param>
internal sealed record Captures(string? File, bool WithFilter)
{
    /// <summary>The first packet of each flow, and a reply to it. The file is there whole or not at all.</summary>
    /// <returns>Why there is no file; null when all went well.</returns>
    public Diagnostic? WritePackets(IReadOnlyList<Flow> flows)
    {
        if (File is null)
        {
            return null;
        }

        var packets = new List<byte[]>();
        foreach (var flow in flows)
        {
            if (CaptureFilter.AddressOf(flow.Source, flow.Family) is not { } from || CaptureFilter.AddressOf(flow.Destination, flow.Family) is not { } to)
            {
                return CliDiagnostics.NoPacket.At(SourceSpan.None, flow);
            }

            var packet = Packet.OfFlow(from, to, flow.Protocol, flow.Port);
            packets.Add(packet.ToFrame());
            packets.Add(packet.Reply().ToFrame());
        }

        return OutputFile.Write(File, file => file.Write(PcapFile.Write(packets)));
    }

    public void WriteFilter(IReadOnlyList<Flow> flows, Terminal terminal)
    {
        if (!WithFilter)
        {
            return;
        }

        var filters = flows.Select(CaptureFilter.Of).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(filters.Count == 0
            ? "no capture filter: an end has no address"
            : $"tcpdump -ni any '{string.Join(" or ", filters.Count == 1 ? filters : filters.Select(f => $"({f})"))}'");
    }
}
