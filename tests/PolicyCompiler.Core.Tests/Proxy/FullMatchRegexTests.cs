using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tests.Proxy;

public sealed class FullMatchRegexTests
{
    [Theory]
    [InlineData("/public", "/public", true)]
    [InlineData("/public", "/public/", false)]
    [InlineData("/public", "x/public", false)]
    [InlineData("/public", "/public\n", false)]
    [InlineData("GET|PUT", "GETS", false)]
    [InlineData("^/a$", "/a", true)]
    [InlineData("/[[:alpha:]]+", "/abc", true)]
    [InlineData("/[[:alpha:]]+", "/a1", false)]
    [InlineData("/[^[:digit:]/]+", "/a", true)]
    [InlineData("/[^[:digit:]/]+", "/1", false)]
    [InlineData("/[a-z-[aeiou]]", "/b]", true)]
    [InlineData("/[]x]", "/]", true)]
    [InlineData("/[[x]", "/[", true)]
    [InlineData(@"/\d+", "/12", true)]
    [InlineData(@"/\d+", "/\u0663", false)]
    [InlineData(@"/[\w.]+", "/a_b.c", true)]
    [InlineData(@"/\.well", "/xwell", false)]
    [InlineData("(?P<version>v[0-9])", "v1", true)]
    [InlineData("(?i)get", "GET", true)]
    public void TheWholeTextMustMatch(string pattern, string text, bool expected)
    {
        Assert.True(FullMatchRegex.IsValid(pattern));
        Assert.Equal(expected, FullMatchRegex.Matches(pattern, text));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a)|(b")]
    [InlineData("(?=a)a")]
    [InlineData(@"(a)\1")]
    [InlineData("a\\")]
    public void WhatIsInvalidMatchesNothing(string pattern)
    {
        Assert.False(FullMatchRegex.IsValid(pattern));
        Assert.False(FullMatchRegex.Matches(pattern, "a"));
    }
}
