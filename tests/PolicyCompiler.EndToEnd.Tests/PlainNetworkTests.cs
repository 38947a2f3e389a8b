namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>The network itself lets everything through, so that a drop in the other tests is the policy's.</summary>
public sealed class PlainNetworkTests
{
    [Fact]
    public async Task EverythingConnectsWithoutPrograms()
    {
        NetworkRequirement.Require();
        using var network = new TestNetwork();
        foreach (var address in new[] { network.Server.IPv4, network.Server.IPv6 })
        {
            Assert.True(await Traffic.Tcp(network.Client, network.Server, address, 8080), $"TCP {address}");
            Assert.True(await Traffic.Udp(network.Client, network.Server, address, 5353), $"UDP {address}");
            Assert.True(await Traffic.Ping(network.Client.Namespace, address), $"ping {address}");
        }
    }
}
