using System.Net;

namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>A namespace that is connected to the node by a veth pair, with an address of each family.</summary>
internal sealed class Pod : IDisposable
{
    public Pod(NetworkNamespace node, string name, int number)
    {
        Name = name;
        IPv4 = IPAddress.Parse($"10.200.{number}.2");
        IPv6 = IPAddress.Parse($"fd00:200:{number}::2");
        HostInterfaceIndex = 100 + number;
        var hostInterface = "host-" + name;
        Namespace = new NetworkNamespace();
        Namespace.Sysctl("ipv6/conf/default/accept_dad", "0");
        node.Ip(
            $"link add {hostInterface} index {HostInterfaceIndex} type veth peer name eth0",
            $"link set eth0 netns {Namespace.Path}",
            $"link set {hostInterface} up",
            $"address add 10.200.{number}.1/24 dev {hostInterface}",
            $"address add fd00:200:{number}::1/64 dev {hostInterface} nodad");
        Namespace.Ip(
            "link set lo up",
            "link set eth0 up",
            $"address add {IPv4}/24 dev eth0",
            $"address add {IPv6}/64 dev eth0 nodad",
            $"route add default via 10.200.{number}.1",
            $"route add ::/0 via fd00:200:{number}::1");
    }

    public string Name { get; }

    public NetworkNamespace Namespace { get; }

    public IPAddress IPv4 { get; }

    public IPAddress IPv6 { get; }

    /// <summary>The node's end of the veth pair, where the programs are attached.</summary>
    public int HostInterfaceIndex { get; }

    public void Dispose() => Namespace.Dispose();
}
