using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tests.Proxy;

public sealed class HttpRequestTests
{
    [Theory]
    [InlineData("GET /path?q=1", null, "", "/path?q=1")]
    [InlineData("PUT https://host.io:8443/a/b", "https", "host.io:8443", "/a/b")]
    [InlineData("GET http://host.io", "http", "host.io", "/")]
    [InlineData("GET HTTP://host.io?q#part", "http", "host.io", "/?q")]
    public void TargetsAreTakenApart(string text, string? scheme, string host, string path)
    {
        var request = HttpRequest.TryParse(text)!;
        Assert.Equal((scheme, host, path), (request.Scheme, request.Host, request.Path));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData(" /path")]
    [InlineData("GET path")]
    [InlineData("GET ftp://host/")]
    [InlineData("GET https:///path")]
    [InlineData("GET /a b")]
    public void OtherTextsAreRefused(string text) => Assert.Null(HttpRequest.TryParse(text));

    [Fact]
    public void HeadersAreFoundInAnyCaseAndJoined()
    {
        var request = HttpRequest.TryParse("GET /", "Host: a.io", "X-Id: 1", "x-id:2")!;
        Assert.Equal(("a.io", "1,2", null), (request.Host, request.Find("X-ID"), request.Find("other")));
        Assert.Null(HttpRequest.TryParse("GET /", "no colon"));
    }
}
