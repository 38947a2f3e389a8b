using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>The packets of the benchmark: TCP over IPv4 from 10.1.0.1 to port 80 of the endpoint.</summary>
internal sealed record Frames
{
    private static readonly Packet Syn = Packet.OfFlow(RuleSet.Remote(0), RuleSet.Endpoint, IpProtocol.Tcp, RuleSet.Port);

    public byte[] First { get; } = Syn.ToFrame();

    /// <summary>What the endpoint answers to <see cref="First"/>.</summary>
    public byte[] Answer { get; } = Syn.Reply().ToFrame();

    public byte[] Later { get; } = (Syn with { TcpFlags = TcpFlags.Ack }).ToFrame();

    /// <summary>To a port below those of all rule sets.</summary>
    public byte[] NotAllowed { get; } = (Syn with { DestinationPort = RuleSet.Port - 1 }).ToFrame();
}
