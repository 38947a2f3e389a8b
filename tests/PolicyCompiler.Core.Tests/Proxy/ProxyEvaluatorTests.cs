using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tests.Proxy;

public sealed class ProxyEvaluatorTests
{
    [Fact]
    public void TheFirstItemThatMatchesIsNamed()
    {
        var set = Proxies.Set(Proxies.Http(Proxies.Rule("PUT")), Proxies.Http(Proxies.Rule("GET", "/b"), Proxies.Rule("GET", "/a")));
        var decision = ProxyEvaluator.Evaluate(set, Proxies.Request("GET /a"));
        Assert.True(decision.Allowed);
        Assert.Equal((1, "http[1]", 2), (decision.RuleId, decision.Part, decision.Span.Line));
    }

    [Fact]
    public void ADenialListsWhyNothingMatched()
    {
        var set = Proxies.Set(Proxies.Http(Proxies.Rule("PUT"), Proxies.Rule("GET", "/b")));
        var decision = ProxyEvaluator.Evaluate(set, Proxies.Request("GET /a"));
        Assert.Equal((ProxyVerdict.Denied, null), (decision.Verdict, decision.RuleId));
        Assert.Equal("http[0]: the method \"GET\" does not match \"PUT\"; http[1]: the path \"/a\" does not match \"/b\"", decision.Reason);
    }

    [Fact]
    public void NoItemsAllowAll()
    {
        var decision = ProxyEvaluator.Evaluate(Proxies.Set(Proxies.Http()), Proxies.Request("GET /a"));
        Assert.Equal((true, 0, null), (decision.Allowed, decision.RuleId, decision.Part));
    }

    [Fact]
    public void ARuleWithoutL7OpensTheSet()
    {
        var set = Proxies.Set(Proxies.Http(Proxies.Rule("PUT"))) with { AllowsEverything = true };
        var decision = ProxyEvaluator.Evaluate(set, Proxies.Request("GET /a"));
        Assert.Equal((true, null), (decision.Allowed, decision.RuleId));
        Assert.Contains("without L7 conditions", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AMismatchActionIsTold()
    {
        var set = Proxies.Set(Proxies.Http(Proxies.Header("X-Id", "8", HeaderMismatch.Add)));
        Assert.EndsWith("adds the header", ProxyEvaluator.Evaluate(set, Proxies.Request("GET /a")).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("www.cilium.io.", ProxyVerdict.Allowed)]
    [InlineData("a.io", ProxyVerdict.Allowed)]
    [InlineData("b.io", ProxyVerdict.Denied)]
    public void QueriesMatchNames(string name, ProxyVerdict expected) =>
        Assert.Equal(expected, ProxyEvaluator.Evaluate(Proxies.Set(Proxies.Dns("*.cilium.io", "a.io")), new ProxyRequest.Dns(name)).Verdict);

    [Theory]
    [InlineData("www.a.io", ProxyVerdict.Allowed)]
    [InlineData("x.www.a.io", ProxyVerdict.Denied)]
    [InlineData("", ProxyVerdict.Denied)]
    public void HandshakesMatchServerNames(string name, ProxyVerdict expected) =>
        Assert.Equal(expected, ProxyEvaluator.Evaluate(Proxies.Set(Proxies.ServerNames("*.a.io")), new ProxyRequest.ServerName(name)).Verdict);

    [Fact]
    public void AHandshakeWithoutANameMatchesNotEvenTheStar() =>
        Assert.False(ProxyEvaluator.Evaluate(Proxies.Set(Proxies.ServerNames("*")), new ProxyRequest.ServerName("")).Allowed);

    [Theory]
    [InlineData("GET https://a.io:443/x", ProxyVerdict.Allowed)]
    [InlineData("GET https://b.io/x", ProxyVerdict.Denied)]
    [InlineData("GET /x", ProxyVerdict.NotApplicable)]
    public void OfAnHttpsRequestTheServerNameIsSeen(string request, ProxyVerdict expected) =>
        Assert.Equal(expected, ProxyEvaluator.Evaluate(Proxies.Set(Proxies.ServerNames("a.io")), Proxies.Request(request)).Verdict);

    [Theory]
    [InlineData("GET https://a.io/x", true)]
    [InlineData("GET https://b.io/x", false)]
    [InlineData("GET https://a.io/y", false)]
    [InlineData("GET http://a.io/x", false)]
    [InlineData("GET /x", false)]
    public void RequestsInsideTlsNeedTheServerNameOfTheirRule(string request, bool expected)
    {
        var rule = Proxies.Http(Proxies.Rule("GET", "/x")) with { ServerNames = Proxies.ServerNames("a.io").ServerNames, TerminatingTls = Proxies.Tls };
        Assert.Equal(expected, ProxyEvaluator.Evaluate(Proxies.Set(rule), Proxies.Request(request)).Allowed);
    }

    [Fact]
    public void AServerNameOfOneRuleDoesNotOpenAnother()
    {
        var set = Proxies.Set(Proxies.ServerNames("a.io"), Proxies.Http(Proxies.Rule("GET", "/x")) with { TerminatingTls = Proxies.Tls });
        Assert.True(ProxyEvaluator.Evaluate(set, Proxies.Request("PUT https://a.io/")).Allowed);
        Assert.False(ProxyEvaluator.Evaluate(set, Proxies.Request("PUT https://b.io/")).Allowed);
        Assert.True(ProxyEvaluator.Evaluate(set, Proxies.Request("GET https://b.io/x")).Allowed);
    }

    [Fact]
    public void TlsThatDoesNotEndAtTheProxyCannotBeRead()
    {
        var decision = ProxyEvaluator.Evaluate(Proxies.Set(Proxies.Http(Proxies.Rule("GET"))), Proxies.Request("GET https://a.io/"));
        Assert.Equal(ProxyVerdict.Denied, decision.Verdict);
        Assert.Contains("cannot read", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void KafkaRequestsMatchKafkaRules()
    {
        var set = Proxies.Set(Proxies.Kafka(new KafkaRule("consume", null, null, null, "orders", SourceSpan.None)));
        Assert.True(ProxyEvaluator.Evaluate(set, new ProxyRequest.Kafka(new KafkaRequest("fetch", 1, "c", "orders"))).Allowed);
        Assert.False(ProxyEvaluator.Evaluate(set, new ProxyRequest.Kafka(new KafkaRequest("fetch", 1, "c", "other"))).Allowed);
    }

    [Fact]
    public void AQuestionOfTheWrongSortHasNoAnswer()
    {
        var http = Proxies.Set(Proxies.Http()) with { AllowsEverything = true };
        var decision = ProxyEvaluator.Evaluate(http, new ProxyRequest.Dns("a.io"));
        Assert.Equal(ProxyVerdict.NotApplicable, decision.Verdict);
        Assert.Equal("the proxy of these connections checks HTTP requests, not DNS queries", decision.Reason);
        Assert.Equal(ProxyVerdict.NotApplicable, ProxyEvaluator.Evaluate(http, new ProxyRequest.ServerName("a.io")).Verdict);
        Assert.Equal(ProxyVerdict.NotApplicable, ProxyEvaluator.Evaluate(Proxies.Set(Proxies.Generic("r2d2")), Proxies.Request("GET /")).Verdict);
        Assert.Contains("listener one", ProxyEvaluator.Evaluate(Proxies.Set(Proxies.Listener("one")), Proxies.Request("GET /")).Reason, StringComparison.Ordinal);
    }
}
