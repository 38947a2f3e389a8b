namespace PolicyCompiler.Core.Bpf;

/// <summary>The control bits of a TCP header that matter to connection tracking (RFC 9293, 3.1).</summary>
[Flags]
public enum TcpFlags : byte
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Rst = 4,
    Psh = 8,
    Ack = 16,
}
