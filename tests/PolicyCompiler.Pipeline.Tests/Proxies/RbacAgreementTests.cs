using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CsCheck;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Pipeline.Proxies;

namespace PolicyCompiler.Pipeline.Tests.Proxies;

/// <summary>The written filters do what the rules mean.</summary>
public sealed class RbacAgreementTests
{
    private static readonly TlsContext Tls = new(new SecretReference("default", "tls"), null, null, null, SourceSpan.None);

    private static readonly Gen<ImmutableArray<HeaderMatch>> HeaderMatches =
        Gen.Select(Gen.OneOf<string?>(null, "1", "2"), Gen.OneOf<HeaderMismatch?>(null, HeaderMismatch.Log), Gen.Bool, (value, mismatch, secret) =>
            new HeaderMatch("X-Id", secret ? null : value, secret ? new SecretReference("ns", "s") : null, mismatch, SourceSpan.None))
        .Array[0, 1].Select(a => a.ToImmutableArray());

    private static readonly Gen<HttpRule> Rule = Gen.Select(
        Gen.OneOf<string?>(null, "", "GET", "GET|PUT"),
        Gen.OneOf<string?>(null, "/a", "/.*", "/[ab]"),
        Gen.OneOf<string?>(null, @"a\.io", "b.*"),
        Gen.OneOf("X-Id", "X-Id: 1", "X-Other").Array[0, 1],
        HeaderMatches,
        (method, path, host, headers, matches) => new HttpRule(method, path, host, [.. headers], matches, SourceSpan.None));

    private static readonly Gen<ImmutableArray<NamePattern>> ServerNames = Gen.Frequency(
        (2, Gen.Const(ImmutableArray<NamePattern>.Empty)),
        (1, Gen.OneOf("a.io", "*.io", "**.io", "*").Array[1, 2].Select(names =>
            names.Select(n => new NamePattern(n, n.Contains('*', StringComparison.Ordinal), SourceSpan.None)).ToImmutableArray())));

    private static readonly Gen<ProxyRule> Http = Gen.Select(Rule.Array[0, 2], ServerNames, (rules, names) =>
        new ProxyRule(new L7Rules.Http([.. rules], SourceSpan.None), names, null, Tls, null));

    private static readonly Gen<ProxyRule> NamesOnly = ServerNames.Select(names => new ProxyRule(null, names, null, Tls, null));

    private static readonly Gen<HttpRequest> Request = Gen.Select(
        Gen.OneOf("GET", "PUT", "POST"),
        Gen.OneOf("/a", "/b", "/c", "http://a.io/a", "https://a.io/a", "https://b.io:443/b", "https://x.b.io/"),
        Gen.OneOf("X-Id: 1", "x-id: 2", "X-Other: 1").Array[0, 2],
        (method, target, headers) => HttpRequest.TryParse($"{method} {target}", headers)!);

    [Fact]
    public void HttpFiltersAllowWhatTheRulesAllow() =>
        Gen.Select(Http, Gen.OneOf(Http, NamesOnly).Array[0, 2], Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))), Request)
            .Sample((first, more, everything, request) => Agrees("httpRbac", [first, .. more], everything, request, new ProxyRequest.Http(request)));

    [Fact]
    public void NetworkFiltersAllowWhatTheRulesAllow() =>
        Gen.Select(NamesOnly.Array[1, 3], Gen.Bool, Request).Sample((rules, everything, request) =>
            Agrees("networkRbac", rules, everything, request, new ProxyRequest.ServerName(ServerName(request))));

    private static bool Agrees(string filter, ProxyRule[] rules, bool everything, HttpRequest request, ProxyRequest question)
    {
        var members = rules.Select((rule, i) => new ProxyRuleMember(i, rule));
        var set = Assert.IsType<ProxyMerge.Merged>(ProxyRuleSetBuilder.Merge(members, everything)).Set;
        var document = JsonNode.Parse(EnvoyRbacWriter.Write(set, id => $"rule {id}"))!;
        return RbacDocument.Allows(document[filter]!, request, ServerName(request)) == ProxyEvaluator.Evaluate(set, question).Allowed;
    }

    private static string ServerName(HttpRequest request) => request.Scheme == "https" ? request.Host.Split(':')[0] : "";
}
