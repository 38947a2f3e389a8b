using PolicyCompiler.Cli.Report;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Pipeline.Comparison;

namespace PolicyCompiler.Cli.Tests.Report;

public sealed class ExplainHintTests
{
    [Theory]
    [InlineData("shop/web", "10.0.0.1", "--from shop/web --to ip:10.0.0.1 --protocol TCP --port 80")]
    [InlineData("2001:db8::1", "node one", "--from ip:2001:db8::1 --to node:one --protocol TCP --port 80")]
    [InlineData("entity:world", "shop/web", "--from world --to shop/web --protocol TCP --port 80")]
    [InlineData("shop/web", "api.example.com (0.0.0.0)", "--from shop/web --to dns:api.example.com --protocol TCP --port 80")]
    [InlineData("shop/web", "a.example.com and b.example.com (0.0.0.0)", null)]
    [InlineData("entity:all", "shop/web", null)]
    [InlineData("shop/web;rm", "shop/it's", "--from 'shop/web;rm' --to 'shop/it'\\''s' --protocol TCP --port 80")]
    public void EndsOfAFlowAreOptions(string from, string to, string? options) =>
        Assert.Equal(options, ExplainHint.Of(new Witness(from, to, AddressFamily.IPv4, IpProtocol.Tcp, 80, null, null), null));

    [Fact]
    public void TheFamilyIsNamedWhereTheDifferenceIsOfOne() => Assert.EndsWith(
        " --protocol UDP --port 53 --family IPv6",
        ExplainHint.Of(new Witness("shop/web", "shop/dns", AddressFamily.IPv6, IpProtocol.Udp, 53, null, null), AddressFamily.IPv6), StringComparison.Ordinal);

    [Fact]
    public void SidesAreInputs()
    {
        var request = new ComparisonRequest(
            new ComparedInput.Files(["the old.yaml"]), new ComparedInput.Revision("main", ["policies"]), ["cluster.yaml"], new GraphOptions(IpBlockMatchesPods: true), "names.txt");
        Assert.Equal("policyc explain 'the old.yaml' cluster.yaml --ipblock-matches-pods --dns-records names.txt", ExplainHint.Of(request.Old, request));
        Assert.StartsWith("# in a checkout of main\npolicyc explain policies cluster.yaml ", ExplainHint.Of(request.New, request), StringComparison.Ordinal);
        Assert.Null(ExplainHint.Of(new ComparedInput.Bundle("out"), request));
        Assert.Null(ExplainHint.Of(new ComparedInput.Files(["-"]), request));
    }
}
