using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tests;

public sealed class IpPrefixTests
{
    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("0.0.0.0/0", "0.0.0.0/0", "255.255.255.255", false)]
    [InlineData("192.168.10.7/32", "192.168.10.7/32", "192.168.10.7", false)]
    [InlineData("192.168.10.6/31", "192.168.10.6/31", "192.168.10.7", false)]
    [InlineData("2001:db8::1/32", "2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", true)]
    [InlineData("::/0", "::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false)]
    public void MasksHostBits(string text, string canonical, string last, bool hadHostBits)
    {
        Assert.True(IpPrefix.TryParse(text, out var prefix, out var hasHostBits));
        Assert.Equal(canonical, prefix.ToString());
        Assert.Equal(last, prefix.Last.ToString());
        Assert.Equal(hadHostBits, hasHostBits);
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("10.0.0.256/8")]
    [InlineData("::ffff:10.0.0.0/104")]
    [InlineData("fe80::1%eth0/64")]
    [InlineData("2001:db8::/129")]
    [InlineData("/8")]
    [InlineData("")]
    public void RefusesWhatTheApiServerRefuses(string text) => Assert.False(IpPrefix.TryParse(text, out _, out _));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("2001:db8::/33", "2001:db8:8000::", false)]
    public void ContainsOnlyItsFamilyAndRange(string prefix, string address, bool expected) =>
        Assert.Equal(expected, IpPrefix.Parse(prefix).Contains(IpAddress.Parse(address)));
}
