using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tests.Proxy;

public sealed class HttpRuleMatcherTests
{
    private static readonly SecretReference Secret = new("ns", "token");

    [Theory]
    [InlineData("GET", null, null, true)]
    [InlineData("PUT", null, null, false)]
    [InlineData("get", null, null, false)]
    [InlineData(null, "/a", null, false)]
    [InlineData(null, "/a.*", null, true)]
    [InlineData(null, null, "www", false)]
    [InlineData(null, null, @"www\.io", true)]
    [InlineData("", "", "", true)]
    public void EveryStatedPartMustMatch(string? method, string? path, string? host, bool expected) =>
        Assert.Equal(expected, HttpRuleMatcher.Match(Proxies.Rule(method, path, host), HttpRequest.TryParse("GET http://www.io/a?q=1")!).Matches);

    [Theory]
    [InlineData("X-Id", true)]
    [InlineData("x-id: 7", true)]
    [InlineData("X-Id 7", true)]
    [InlineData("X-Id: 8", false)]
    [InlineData("X-Other", false)]
    [InlineData("Host: www.io", true)]
    public void HeadersMustBeThere(string header, bool expected) =>
        Assert.Equal(expected, HttpRuleMatcher.Match(Proxies.Rule(headers: header), HttpRequest.TryParse("GET http://www.io/", "X-Id: 7")!).Matches);

    [Fact]
    public void AMismatchDeniesUnlessItHasAnAction()
    {
        var request = HttpRequest.TryParse("GET /", "X-Id: 7")!;
        Assert.False(HttpRuleMatcher.Match(Proxies.Header("X-Id", "8", null), request).Matches);
        Assert.True(HttpRuleMatcher.Match(Proxies.Header("X-Id", null, null), request).Matches);
        foreach (var action in Enum.GetValues<HeaderMismatch>())
        {
            var match = HttpRuleMatcher.Match(Proxies.Header("X-Id", "8", action), request);
            Assert.True(match.Matches);
            Assert.Single(match.Notes);
        }
    }

    [Fact]
    public void AnUnknownSecretDoesNotMatch()
    {
        var request = HttpRequest.TryParse("GET /", "X-Token: abc")!;
        var rule = Proxies.Header("X-Token", null, null, Secret);
        var match = HttpRuleMatcher.Match(rule, request);
        Assert.False(match.Matches);
        Assert.Contains("ns/token", Assert.Single(match.Notes), StringComparison.Ordinal);
        Assert.True(HttpRuleMatcher.Match(rule, request, new Dictionary<SecretReference, string> { [Secret] = "abc" }).Matches);
        Assert.False(HttpRuleMatcher.Match(rule, request, new Dictionary<SecretReference, string> { [Secret] = "other" }).Matches);
    }
}
