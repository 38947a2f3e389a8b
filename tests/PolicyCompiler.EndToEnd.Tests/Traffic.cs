using System.Net;
using System.Net.Sockets;

namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>Real flows between pods.</summary>
internal static class Traffic
{
    /// <summary>Many round trips on veth; that a packet was dropped and not just late is what the drop event says.</summary>
    public static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(250);

    /// <summary>For what is to arrive, on a busy machine too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // The same in all echo requests, so that two pods that ping each other use one identifier.
    private const int EchoIdentifier = 0x1234;

    /// <summary>Opens a TCP connection and has a byte echoed through it.</summary>
    public static async Task<bool> Tcp(Pod from, Pod to, IPAddress address, int port, TimeSpan? patience = null)
    {
        using var listener = Listen(to, address, port);
        using var connection = await Connect(from, listener, address, port, patience);
        return connection is not null && await connection.Echo(patience ?? Patience);
    }

    /// <summary>Opens a TCP connection; null when it is not answered.</summary>
    public static async Task<TcpPair?> Connect(
        Pod from, Socket listener, IPAddress address, int port, TimeSpan? patience = null)
    {
        using var timeout = new CancellationTokenSource(patience ?? Patience);
        var client = from.Namespace.Run(() => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            await client.ConnectAsync(new IPEndPoint(address, port), timeout.Token);
            return new TcpPair(client, await listener.AcceptAsync(timeout.Token));
        }
        catch (OperationCanceledException)
        {
            client.Dispose();
            return null;
        }
    }

    public static Socket Listen(Pod pod, IPAddress address, int port) => pod.Namespace.Run(() =>
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen();
        return listener;
    });

    /// <summary>Sends a datagram and waits for its echo.</summary>
    public static async Task<bool> Udp(Pod from, Pod to, IPAddress address, int port, TimeSpan? patience = null)
    {
        using var server = Datagram(to, address, ProtocolType.Udp, port);
        using var client = Datagram(from, address, ProtocolType.Udp, 0);
        using var timeout = new CancellationTokenSource(patience ?? Patience);
        try
        {
            var buffer = new byte[16];
            await client.SendToAsync(new byte[] { 42 }, new IPEndPoint(address, port), timeout.Token);
            var request = await server.ReceiveFromAsync(buffer, new IPEndPoint(Any(address), 0), timeout.Token);
            await server.SendToAsync(buffer.AsMemory(0, request.ReceivedBytes), request.RemoteEndPoint, timeout.Token);
            var reply = await client.ReceiveFromAsync(buffer, new IPEndPoint(Any(address), 0), timeout.Token);
            return reply.ReceivedBytes == 1 && buffer[0] == 42;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Sends an echo request and waits for the reply; the other pod's kernel answers it.</summary>
    public static async Task<bool> Ping(NetworkNamespace from, IPAddress address, TimeSpan? patience = null)
    {
        var version4 = address.AddressFamily == AddressFamily.InterNetwork;
        using var socket = from.Run(() => new Socket(
            address.AddressFamily, SocketType.Raw, version4 ? ProtocolType.Icmp : ProtocolType.IcmpV6));
        using var timeout = new CancellationTokenSource(patience ?? Patience);
        byte[] request = [version4 ? (byte)8 : (byte)128, 0, 0, 0, EchoIdentifier >> 8, EchoIdentifier & 0xff, 0, 1];
        if (version4)
        {
            // IPv6 raw sockets fill in the checksum, IPv4 ones do not.
            var sum = Core.Bpf.InternetChecksum.Of(request);
            (request[2], request[3]) = ((byte)(sum >> 8), (byte)sum);
        }

        try
        {
            await socket.SendToAsync(request, new IPEndPoint(address, 0), timeout.Token);
            var buffer = new byte[256];
            while (true)
            {
                var received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(Any(address), 0), timeout.Token);
                var message = version4 ? buffer.AsMemory(20, received.ReceivedBytes - 20) : buffer.AsMemory(0, received.ReceivedBytes);
                if (message.Span[0] == (version4 ? 0 : 129) && ((IPEndPoint)received.RemoteEndPoint).Address.Equals(address))
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Socket Datagram(Pod pod, IPAddress address, ProtocolType protocol, int port) => pod.Namespace.Run(() =>
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, protocol);
        socket.Bind(new IPEndPoint(Any(address), port));
        return socket;
    });

    private static IPAddress Any(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
}
