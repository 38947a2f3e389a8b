using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Tests.Diff;

public sealed class PortKeySetTests
{
    [Theory]
    [InlineData("all")]
    [InlineData("TCP 80")]
    [InlineData("TCP 0-79,81-65535; UDP; SCTP 5; ICMP type 8,13; ICMPv6; protocol 47,50")]
    [InlineData("TCP; UDP 53; ICMP type 0-7; protocol 47")]
    [InlineData("UDP; other protocols")]
    public void TheTextIsReadBack(string text)
    {
        Assert.True(PortKeySet.TryParse(text, out var set));
        Assert.Equal(text, set.ToString());
    }

    [Theory]
    [InlineData("tcp/80", "TCP 80")]
    [InlineData("TCP 80, 443", "TCP 80,443")]
    [InlineData("icmp 8", "ICMP type 8")]
    [InlineData("ALL", "all")]
    public void PeopleWriteItLoosely(string text, string meant)
    {
        Assert.True(PortKeySet.TryParse(text, out var set));
        Assert.Equal(meant, set.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("TCP 65536")]
    [InlineData("TCP 80-")]
    [InlineData("TCP 90-80")]
    [InlineData("ICMP type 256")]
    [InlineData("protocol 300")]
    [InlineData("80")]
    [InlineData("TCP type 8")]
    public void OtherTextsAreNone(string text) => Assert.False(PortKeySet.TryParse(text, out _));

    [Fact]
    public void KeysThatNoPacketHasAreLeftOut()
    {
        Assert.Equal(PortKeySet.All, PortKeySet.Of([PortKeyRange.Everything]));
        Assert.True(PortKeySet.Of([new PortKeyRange(PortKey.ProtocolBase + 6, PortKey.ProtocolBase + 6)]).IsEmpty);
        Assert.True(PortKeySet.Of([new PortKeyRange(PortKey.ProtocolBase + 256, PortKey.Count - 1)]).IsEmpty);
    }

    [Fact]
    public void AFamilyHasItsOwnIcmp()
    {
        Assert.True(PortKeySet.TryParse("ICMP; TCP 80", out var ipv4));
        Assert.Equal("TCP 80", ipv4.In(ipv4: false, ipv6: true).ToString());
        Assert.Equal("TCP 80; ICMP", ipv4.In(ipv4: true, ipv6: false).ToString());
        // What is everything that flows of the family can have is called so.
        Assert.True(PortKeySet.TryParse("TCP; UDP; SCTP; ICMP; other protocols", out var all4));
        Assert.Equal("all", all4.In(ipv4: true, ipv6: false).ToString());
        Assert.Equal(all4.ToString(), all4.In(ipv4: true, ipv6: true).ToString());
    }

    [Fact]
    public void ExceptCutsHoles()
    {
        Assert.True(PortKeySet.TryParse("TCP 70-90; UDP 53", out var set));
        Assert.True(PortKeySet.TryParse("TCP 0-70,80,90-100; UDP", out var holes));
        Assert.Equal("TCP 71-79,81-89", set.Except(holes).ToString());
        Assert.Equal("TCP 70,80,90; UDP 53", set.Intersect(holes).ToString());
        Assert.True(set.Contains(PortKey.Of(IpProtocol.Udp, 53)));
        Assert.True(set.Except(set).IsEmpty);
    }
}
