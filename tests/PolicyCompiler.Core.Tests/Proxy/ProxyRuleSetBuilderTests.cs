using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tests.Proxy;

public sealed class ProxyRuleSetBuilderTests
{
    private static readonly Dictionary<string, ProxyRule> Rules = new(StringComparer.Ordinal)
    {
        ["http"] = Proxies.Http(Proxies.Rule("GET")),
        ["dns"] = Proxies.Dns("*"),
        ["kafka"] = Proxies.Kafka(),
        ["tls"] = Proxies.ServerNames("a.io"),
        ["generic"] = Proxies.Generic("r2d2"),
        ["other"] = Proxies.Generic("c3po"),
        ["listener"] = Proxies.Listener("one"),
    };

    [Theory]
    [InlineData("http", "http", ProxyParser.Http)]
    [InlineData("dns", "dns", ProxyParser.Dns)]
    [InlineData("generic", "generic", ProxyParser.Generic)]
    [InlineData("listener", "listener", ProxyParser.Listener)]
    [InlineData("tls", "http", ProxyParser.Http)]
    [InlineData("tls", "kafka", ProxyParser.Kafka)]
    [InlineData("tls", "generic", ProxyParser.Generic)]
    [InlineData("tls", "dns", null)]
    [InlineData("tls", "listener", null)]
    [InlineData("http", "dns", null)]
    [InlineData("http", "kafka", null)]
    [InlineData("http", "listener", null)]
    [InlineData("generic", "other", null)]
    public void ParsersMergeAsCiliumsDo(string first, string second, ProxyParser? expected)
    {
        foreach (var merge in new[] { Proxies.Merge(Rules[first], Rules[second]), Proxies.Merge(Rules[second], Rules[first]) })
        {
            Assert.Equal(expected, (merge as ProxyMerge.Merged)?.Set.Parser);
            Assert.Equal(expected is null ? ProxyConflictKind.Parsers : null, (merge as ProxyMerge.Conflict)?.Kind);
        }
    }

    [Fact]
    public void AConflictNamesTheTwoRules()
    {
        var conflict = Assert.IsType<ProxyMerge.Conflict>(Proxies.Merge(Rules["tls"], Rules["http"], Rules["http"], Rules["kafka"]));
        Assert.Equal((1, 3), (conflict.First.RuleId, conflict.Second.RuleId));
    }

    [Fact]
    public void MembersAreInTheOrderOfTheirRules()
    {
        var members = new[] { 5, 2, 9 }.Select(id => new ProxyRuleMember(id, Rules["http"]));
        var set = Assert.IsType<ProxyMerge.Merged>(ProxyRuleSetBuilder.Merge(members, allowsEverything: true)).Set;
        Assert.Equal([2, 5, 9], set.Members.Select(m => m.RuleId));
        Assert.True(set.AllowsEverything);
    }

    [Fact]
    public void SetsAreEqualByTheirMembers()
    {
        Assert.Equal(Proxies.Set(Rules["http"], Rules["tls"]), Proxies.Set(Rules["http"], Rules["tls"]));
        Assert.Equal(Proxies.Set(Rules["http"]).GetHashCode(), Proxies.Set(Rules["http"]).GetHashCode());
        Assert.NotEqual(Proxies.Set(Rules["http"]), Proxies.Set(Rules["http"], Rules["http"]));
        Assert.NotEqual(Proxies.Set(Rules["http"]), Proxies.Set(Rules["http"]) with { AllowsEverything = true });
    }

    [Theory]
    [InlineData(null, 100, "b")]
    [InlineData(7, 8, "a")]
    [InlineData(null, null, "a")]
    [InlineData(3, 3, "a")]
    public void TheListenerWithTheLowerPriorityWins(int? a, int? b, string expected)
    {
        Assert.Equal(expected, Proxies.Set(Proxies.Listener("a", a), Proxies.Listener("b", b)).Listener!.Name);
        Assert.Equal(expected, Proxies.Set(Proxies.Listener("b", b), Proxies.Listener("a", a)).Listener!.Name);
    }

    [Fact]
    public void TlsContextsMustAgree()
    {
        var elsewhere = Proxies.Tls with { Span = new SourceSpan(null, 3, 1, 1) };
        var other = Proxies.Tls with { Secret = new SecretReference("default", "other") };
        var set = Proxies.Set(Rules["http"], Rules["http"] with { TerminatingTls = Proxies.Tls }, Rules["http"] with { TerminatingTls = elsewhere });
        Assert.Equal(Proxies.Tls, set.TerminatingTls);
        Assert.Equal(
            ProxyConflictKind.TerminatingTls,
            Assert.IsType<ProxyMerge.Conflict>(Proxies.Merge(Rules["http"] with { TerminatingTls = Proxies.Tls }, Rules["http"] with { TerminatingTls = other })).Kind);
        Assert.Equal(
            ProxyConflictKind.OriginatingTls,
            Assert.IsType<ProxyMerge.Conflict>(Proxies.Merge(Rules["http"] with { OriginatingTls = other }, Rules["http"] with { OriginatingTls = Proxies.Tls })).Kind);
    }
}
