using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tests.Diff;

public sealed class AllowListTests
{
    private static readonly DiffEnd Web = Workload("web");
    private static readonly DiffEnd Cart = Workload("cart");
    private static readonly DiffEnd Redis = Workload("redis");
    private static readonly DiffEnd Ten = new DiffEnd.Addresses(IpAddress.Parse("10.0.0.0"), IpAddress.Parse("10.0.0.255"));

    [Theory]
    [InlineData("widened shop/* -> shop/redis[Deployment] on TCP 6379 # reviewed", true)]
    [InlineData("any * -> shop/redis # reviewed", true)]
    [InlineData("any shop/web[Deployment] -> shop/redis # reviewed", false)]
    [InlineData("narrowed * -> * # reviewed", false)]
    [InlineData("widened * -> * on UDP # reviewed", false)]
    [InlineData("widened shop/w* -> shop/redis on TCP 1-65535 # one\nwidened shop/cart -> * # two", true)]
    public void EntriesCoverFlows(string text, bool all) =>
        Assert.Equal(all, Apply(text, Difference([Web, Cart], [Redis], "TCP 6379")).IsTolerated);

    [Fact]
    public void WhatIsLeftIsNamed()
    {
        var item = Apply("widened shop/web -> shop/redis on TCP 6379 # reviewed", Difference([Web, Cart], [Redis, Cart], "TCP 6379,6380"));
        Assert.Equal(
            [
                "shop/cart[Deployment] -> shop/redis[Deployment] shop/cart[Deployment] on TCP 6379-6380",
                "shop/web[Deployment] -> shop/cart[Deployment] on TCP 6379-6380",
                "shop/web[Deployment] -> shop/redis[Deployment] on TCP 6380",
            ],
            item.Left.Select(b => $"{string.Join(' ', b.Sources)} -> {string.Join(' ', b.Destinations)} on {b.Ports}"));
        Assert.Equal("reviewed", Assert.Single(item.By).Reason);
    }

    [Fact]
    public void AnAddressBlockTakesItsPartOfARange()
    {
        var item = Apply("widened 10.0.0.64/26 -> * # office", Difference([Ten], [Redis], "TCP 6379"));
        Assert.Equal("10.0.0.0/26 10.0.0.128/25", string.Join(' ', Assert.Single(item.Left).Sources));
        Assert.True(Apply("widened 10.0.0.0/8 -> * # office", Difference([Ten], [Redis], "TCP 6379")).IsTolerated);
        Assert.False(Apply("widened 11.0.0.0/8 -> * # office", Difference([Ten], [Redis], "TCP 6379")).IsTolerated);
    }

    [Fact]
    public void AnAddressBlockTakesItsPartOfNames()
    {
        NamePattern[] patterns = [new NamePattern("a.example", false, SourceSpan.None)];
        var some = Apply("widened 10.0.0.64/26 -> * # office", Difference([new DiffEnd.Names([.. patterns], [(DiffEnd.Addresses)Ten])], [Redis], "TCP 6379"));
        Assert.Equal("names a.example in 10.0.0.0/26, 10.0.0.128/25", string.Join(' ', Assert.Single(some.Left).Sources));
        var any = Apply("widened 0.0.0.0/0 -> * # office", Difference([new DiffEnd.Names([.. patterns], [])], [Redis], "TCP 6379"));
        Assert.Equal("names a.example in ::/0", string.Join(' ', Assert.Single(any.Left).Sources));
    }

    [Theory]
    [InlineData("widened\tshop/web\t->\tshop/redis\ton\tTCP\t6379\t# reviewed")]
    [InlineData("widened   shop/web  ->  shop/redis   on  TCP  6379 # reviewed")]
    public void WordsMayBeApartByAnyWhiteSpace(string line) => Assert.True(Apply(line, Difference([Web], [Redis], "TCP 6379")).IsTolerated);

    [Theory]
    [InlineData("widened a -> b", "reason")]
    [InlineData("wider a -> b # why", "kind of change")]
    [InlineData("3 a -> b # why", "kind of change")]
    [InlineData("widened a # why", "two ends")]
    [InlineData("widened a -> b on HTTP # why", "no ports")]
    public void ABadLineIsNamed(string line, string why)
    {
        var finding = Assert.Single(Read($"# a list\n\n{line}\n").Diagnostics);
        Assert.Equal(("NP0057", 3), (finding.Code, finding.Span.Line));
        Assert.Contains(why, finding.Message, StringComparison.Ordinal);
    }

    private static ToleratedDifference Apply(string text, Difference difference)
    {
        var list = Read(text);
        Assert.True(list.Succeeded, string.Join('\n', list.Diagnostics));
        return Assert.Single(list.Value!.Apply(new DiffReport([difference], 1, 1, [])));
    }

    private static Stage<AllowList> Read(string text) => AllowListReader.Read(new SourceText("allow.txt", "allow.txt", text));

    private static Difference Difference(DiffEnd[] sources, DiffEnd[] destinations, string ports) => new(
        ChangeKind.Widened, [.. sources], [.. destinations], PortKeySet.TryParse(ports, out var set) ? set : PortKeySet.Empty, null,
        default, new FlowEffect(true, false, null, null), [], new Witness("", "", AddressFamily.IPv4, IpProtocol.Tcp, 0, null, null));

    private static DiffEnd.Workload Workload(string name) => new("shop", name, "Deployment", [$"shop/{name}"], 1);
}
