namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>A node that routes between two pods: three network namespaces, nothing outside them.</summary>
internal sealed class TestNetwork : IDisposable
{
    public TestNetwork()
    {
        Node.Ip("link set lo up");
        Node.Sysctl("ipv4/ip_forward", "1");
        Node.Sysctl("ipv6/conf/all/forwarding", "1");
        Node.Sysctl("ipv6/conf/default/accept_dad", "0");
        Client = new Pod(Node, "client", 1);
        Server = new Pod(Node, "server", 2);
    }

    public NetworkNamespace Node { get; } = new();

    public Pod Client { get; }

    public Pod Server { get; }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        Node.Dispose();
    }
}
