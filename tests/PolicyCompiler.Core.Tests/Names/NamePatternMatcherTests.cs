using System.Text.RegularExpressions;
using CsCheck;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Core.Tests.Names;

public sealed class NamePatternMatcherTests
{
    [Theory]
    [InlineData("*", "cilium.io", true)]
    [InlineData("*", ".", true)]
    [InlineData("*", "a..b", false)]
    [InlineData("*.cilium.io", "www.cilium.io", true)]
    [InlineData("*.cilium.io", "WWW.Cilium.IO.", true)]
    [InlineData("*.cilium.io", "cilium.io", false)]
    [InlineData("*.cilium.io", ".cilium.io", false)]
    [InlineData("*.cilium.io", "a.b.cilium.io", false)]
    [InlineData("*cilium.io", "cilium.io", true)]
    [InlineData("*cilium.io", "xcilium.io", true)]
    [InlineData("*cilium.io", "a.cilium.io", false)]
    [InlineData("sub*.cilium.io", "sub.cilium.io", true)]
    [InlineData("sub*.cilium.io", "subdomain.cilium.io", true)]
    [InlineData("sub*.cilium.io", "su.cilium.io", false)]
    [InlineData("**.cilium.io", "cilium.io", false)]
    [InlineData("**.cilium.io", "a.cilium.io", true)]
    [InlineData("**.cilium.io", "a.b.cilium.io", true)]
    [InlineData("**.*.io", "cilium.io", false)]
    [InlineData("**.*.io", "a.cilium.io", true)]
    [InlineData("www.*.io", "www.cilium.io", true)]
    [InlineData("a*b*a.io", "aba.io", true)]
    [InlineData("a*b*a.io", "aa.io", false)]
    [InlineData("a*a.io", "a.io", false)]
    [InlineData("*_tcp.io", "_ldap_tcp.io", true)]
    [InlineData("*.io", "b\u00fccher.io", false)]
    public void PatternsMatchAsCiliumsDo(string pattern, string name, bool expected) =>
        Assert.Equal(expected, NamePatternMatcher.Matches(Patterns.Pattern(pattern), name));

    [Theory]
    [InlineData("cilium.io", "cilium.io", true)]
    [InlineData("cilium.io", "Cilium.io.", true)]
    [InlineData("cilium.io", "cilium.io..", false)]
    [InlineData("cilium.io", "www.cilium.io", false)]
    [InlineData("cilium.io", "ciliumxio", false)]
    [InlineData("cilium.io", ".", false)]
    public void AnExactNameStandsForItself(string pattern, string name, bool expected) =>
        Assert.Equal(expected, NamePatternMatcher.Matches(Patterns.Exact(pattern), name));

    [Fact]
    public void RegularExpressionsSayTheSame() =>
        Gen.Select(Patterns.Any, Patterns.Name).Sample((pattern, name) =>
            Regex.IsMatch(name, NamePatternRegex.Of(pattern)) == NamePatternMatcher.Matches(pattern, name));

    [Theory]
    [InlineData("*.cilium.io", ".cilium.io")]
    [InlineData("**.cilium.io", "a..cilium.io")]
    [InlineData("*.cilium.io", "a.ciliumxio")]
    [InlineData("cilium.io", "cilium.io.evil.org")]
    public void RegularExpressionsMatchNothingElse(string pattern, string name) =>
        Assert.DoesNotMatch(NamePatternRegex.Of(Patterns.Pattern(pattern)), name);

    [Fact]
    public void OnlyTheExpressionOfAllNamesHasTheRoot()
    {
        Assert.Matches(NamePatternRegex.Of(Patterns.Pattern("*")), "");
        Assert.DoesNotMatch(NamePatternRegex.AnyName, "");
    }
}
