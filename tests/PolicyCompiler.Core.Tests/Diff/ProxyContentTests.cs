using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tests.Diff;

/// <summary>What can be proven of requests: the effect before and after, and what that makes of the change.</summary>
public sealed class ProxyContentTests
{
    private static readonly ProxyRule GetA = Http(new HttpRule("GET", "/a", null, [], [], SourceSpan.None));
    private static readonly ProxyRule AnyA = Http(new HttpRule(null, "/a", null, [], [], SourceSpan.None));
    private static readonly ProxyRule GetB = Http(new HttpRule("GET", "/b", null, [], [], SourceSpan.None));
    private static readonly ProxyRule AllHttp = Http();

    [Fact]
    public void FewerConditionsAreMoreRequests()
    {
        Assert.Equal(ChangeKind.Widened, Change([GetA], [AnyA]));
        Assert.Equal(ChangeKind.Narrowed, Change([AnyA], [GetA]));
        Assert.Equal(ChangeKind.Widened, Change([GetA], [GetA, GetB]));
        Assert.Equal(ChangeKind.Widened, Change([GetA, GetB], [AllHttp]));
        Assert.Equal(ChangeKind.Changed, Change([GetA], [GetB]));
        var header = Http(new HttpRule("GET", "/a", null, ["X-Token"], [], SourceSpan.None));
        Assert.Equal(ChangeKind.Narrowed, Change([GetA], [header]));
        var secret = Http(new HttpRule("GET", "/a", null, [], [new HeaderMatch("X-Token", "1", null, null, SourceSpan.None)], SourceSpan.None));
        Assert.Equal(ChangeKind.Narrowed, Change([GetA], [secret]));
    }

    [Fact]
    public void WithoutAProxyEverythingPasses()
    {
        Assert.Equal(ChangeKind.Widened, Effect([GetA]).Towards(Effect(null)));
        Assert.Equal(ChangeKind.Narrowed, Effect(null).Towards(Effect([GetA])));
        Assert.Equal(ChangeKind.Widened, default(FlowEffect).Towards(Effect([GetA])));
        Assert.Equal(ChangeKind.Narrowed, Effect(null).Towards(Effect(null) with { NeedsAuthentication = true }));
        // Wider in one respect and narrower in another is neither.
        Assert.Equal(ChangeKind.Changed, Effect([GetA]).Towards(Effect(null) with { NeedsAuthentication = true }));
    }

    [Fact]
    public void NamesAreComparedByWhatTheyMatch()
    {
        Assert.Equal(ChangeKind.Widened, Change([Dns("a.example", false)], [Dns("*.example", true)]));
        Assert.Equal(ChangeKind.Widened, Change([Dns("*.example", true)], [Dns("*", true)]));
        Assert.Equal(ChangeKind.Changed, Change([Dns("a.example", false)], [Dns("*.test", true)]));
        Assert.Equal(ChangeKind.Narrowed, Change([GetA], [GetA with { ServerNames = [Name("a.example", false)] }]));
    }

    [Fact]
    public void OtherParsersAndListenersAreOtherHandling()
    {
        Assert.Equal(ChangeKind.Changed, Change([GetA], [Dns("a.example", false)]));
        Assert.Equal(ChangeKind.Changed, Change([Listener("one")], [Listener("two")]));
        var log = Http(new HttpRule("GET", "/a", null, [], [new HeaderMatch("X", "1", null, HeaderMismatch.Log, SourceSpan.None)], SourceSpan.None));
        Assert.Equal(ChangeKind.Changed, Change([GetA], [log]));
    }

    [Fact]
    public void TheSameRequestsAreNoDifference()
    {
        Assert.Equal(ProxyComparison.Equal, ProxyContent.Compare(Content([GetA, GetB]), Content([GetB, GetA, GetA])));
        Assert.Equal(ProxyComparison.Equal, ProxyContent.Compare(Content([AnyA, GetA]), Content([AnyA])));
        Assert.Equal(ProxyComparison.Equal, ProxyContent.Compare(Content([GetA], all: true), Content([GetB], all: true)));
    }

    [Fact]
    public void RequestsOfOneSideAreNamed()
    {
        Assert.Equal(["GET /a"], Effect([GetA, GetB]).RequestsBeyond(Effect([GetB])));
        Assert.Equal(["any method /a"], Effect([AnyA]).RequestsBeyond(Effect([GetA])));
        Assert.Empty(Effect([GetA]).RequestsBeyond(Effect([AnyA])));
        Assert.Equal(["every other request"], Effect(null).RequestsBeyond(Effect([GetA])));
        Assert.Equal(["every other request"], Effect([AllHttp]).RequestsBeyond(Effect([GetA])));
        Assert.Empty(default(FlowEffect).RequestsBeyond(Effect([GetA])));
        Assert.Equal(["name *.example"], Effect([Dns("*.example", true)]).RequestsBeyond(Effect([Dns("a.example", false)])));
    }

    /// <summary>A rule without conditions is as good as none.</summary>
    [Fact]
    public void AProxyThatLetsEverythingPassLosesNoRequest()
    {
        var all = Http(new HttpRule(null, null, null, [], [], SourceSpan.None));
        Assert.Equal(ProxyComparison.Equal, ProxyContent.Compare(Content([all]), Content([AllHttp])));
        Assert.Empty(Effect(null).RequestsBeyond(Effect([all])));
        Assert.Empty(Effect([AllHttp]).RequestsBeyond(Effect([all])));
        Assert.Equal(["every other request"], Effect(null).RequestsBeyond(Effect([Listener("one")])));
    }

    private static ChangeKind Change(ProxyRule[] before, ProxyRule[] after) => Effect(before).Towards(Effect(after));

    private static FlowEffect Effect(ProxyRule[]? rules) => new(true, false, null, rules is null ? null : Content(rules));

    private static ProxyContent Content(ProxyRule[] rules, bool all = false) =>
        new(((ProxyMerge.Merged)ProxyRuleSetBuilder.Merge(rules.Select((r, i) => new ProxyRuleMember(i, r)), all)).Set);

    private static ProxyRule Http(params ImmutableArray<HttpRule> rules) => new(new L7Rules.Http(rules, SourceSpan.None), [], null, null, null);

    private static ProxyRule Dns(string text, bool isPattern) => new(new L7Rules.Dns([Name(text, isPattern)], SourceSpan.None), [], null, null, null);

    private static ProxyRule Listener(string name) => new(null, [], new ProxyListener("CiliumEnvoyConfig", "proxy", name, null, SourceSpan.None), null, null);

    private static NamePattern Name(string text, bool isPattern) => new(text, isPattern, SourceSpan.None);
}
