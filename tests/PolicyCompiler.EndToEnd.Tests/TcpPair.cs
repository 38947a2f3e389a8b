using System.Net.Sockets;

namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>Both ends of an established TCP connection.</summary>
internal sealed class TcpPair(Socket client, Socket server) : IDisposable
{
    /// <summary>True when a byte gets there and back in time.</summary>
    public async Task<bool> Echo(TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            var buffer = new byte[1];
            await client.SendAsync(new byte[] { 42 }, timeout.Token);
            await server.ReceiveAsync(buffer, timeout.Token);
            await server.SendAsync(buffer, timeout.Token);
            buffer[0] = 0;
            return await client.ReceiveAsync(buffer, timeout.Token) == 1 && buffer[0] == 42;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }
}
