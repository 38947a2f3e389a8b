using CsCheck;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Tests.Connectivity;

public sealed class PortSetTests
{
    private static readonly Gen<PortSet> Sets =
        Gen.Select(Gen.Int[0, 2], Gen.OneOf(Gen.Int[0, 6], Gen.Int[65530, 65535]), Gen.Int[0, 8]).Array[0, 4].Select(ranges => PortSet.Of(
            ranges.Select(r => new PortKeyRange((r.Item1 << 16) | r.Item2, Math.Min((r.Item1 << 16) | (r.Item2 + r.Item3), PortKey.Count - 1)))));

    [Theory]
    [InlineData("TCP 80,8080-8090", "TCP 80-80", "TCP 8080-8090")]
    [InlineData("SCTP 1-65535,TCP 80,UDP 53", "UDP 53-53", "TCP 80-80", "SCTP 0-65535")]
    [InlineData("TCP 80-83", "TCP 82-83", "TCP 80-81", "TCP 81-82")]
    [InlineData("TCP 65535,UDP 1", "TCP 65535-65535", "UDP 0-1")]
    [InlineData("", "TCP 0-0")]
    [InlineData("TCP 1-65535,UDP 1-65535", "TCP 0-65535", "UDP 0-65535")]
    [InlineData("All Connections", "TCP 1-65535", "UDP 1-65535", "SCTP 1-65535")]
    public void TheTextNamesWhatIsOpen(string expected, params string[] ranges) => Assert.Equal(expected, PortSet.Of(ranges.Select(Parse)).ToString());

    [Fact]
    public void ProtocolsWithoutPortsAreNotListed()
    {
        Assert.True(PortSet.Of([PortKey.All(IpProtocol.Icmp), PortKey.All((IpProtocol)47)]).IsEmpty);
        Assert.True(PortSet.Of([PortKeyRange.Everything]).IsAll);
    }

    [Fact]
    public void OperationsAreThoseOfSets() => Gen.Select(Sets, Sets).Sample((a, b) =>
    {
        var (both, either) = (a.Intersect(b), a.Union(b));
        foreach (var protocol in IpProtocols.Transport)
        {
            foreach (var port in Enumerable.Range(0, 18).Concat(Enumerable.Range(65525, 11)))
            {
                Assert.Equal(a.Contains(protocol, port) && b.Contains(protocol, port), both.Contains(protocol, port));
                Assert.Equal(a.Contains(protocol, port) || b.Contains(protocol, port), either.Contains(protocol, port));
            }
        }

        // Equal sets have one form.
        Assert.Equal(both, PortSet.Of(both.Ranges.Reverse()));
        Assert.Equal(both, b.Intersect(a));
        Assert.Equal(either.GetHashCode(), b.Union(a).GetHashCode());
    });

    private static PortKeyRange Parse(string text)
    {
        var words = text.Split(' ', '-');
        Assert.True(IpProtocols.TryParse(words[0], out var protocol));
        return new PortKeyRange(PortKey.Of(protocol, int.Parse(words[1])), PortKey.Of(protocol, int.Parse(words[2])));
    }
}
