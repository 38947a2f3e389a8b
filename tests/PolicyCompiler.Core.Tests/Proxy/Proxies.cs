using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tests.Proxy;

/// <summary>Rules as tests write them.</summary>
internal static class Proxies
{
    public static readonly ProxyRule Empty = new(null, [], null, null, null);

    public static readonly TlsContext Tls = new(new SecretReference("default", "tls"), null, null, null, SourceSpan.None);

    private static readonly SourceText Source = new("policy.yaml", "policy.yaml", "");

    /// <summary>Items on lines 1, 2 and so on.</summary>
    public static ProxyRule Http(params HttpRule[] rules) =>
        Empty with { Rules = new L7Rules.Http([.. rules.Select((r, i) => r with { Span = new SourceSpan(Source, i + 1, 1, 1) })], SourceSpan.None) };

    public static HttpRule Rule(string? method = null, string? path = null, string? host = null, params string[] headers) =>
        new(method, path, host, [.. headers], [], SourceSpan.None);

    public static HttpRule Header(string name, string? value, HeaderMismatch? mismatch, SecretReference? secret = null) =>
        Rule() with { HeaderMatches = [new HeaderMatch(name, value, secret, mismatch, SourceSpan.None)] };

    public static ProxyRule Dns(params string[] names) => Empty with { Rules = new L7Rules.Dns(Names(names), SourceSpan.None) };

    public static ProxyRule ServerNames(params string[] names) => Empty with { ServerNames = Names(names) };

    public static ProxyRule Kafka(params KafkaRule[] rules) => Empty with { Rules = new L7Rules.Kafka([.. rules], SourceSpan.None) };

    public static ProxyRule Generic(string protocol) => Empty with { Rules = new L7Rules.Generic(protocol, [], SourceSpan.None) };

    public static ProxyRule Listener(string name, int? priority = null) =>
        Empty with { Listener = new ProxyListener("CiliumEnvoyConfig", "envoy", name, priority, SourceSpan.None) };

    public static ProxyRuleSet Set(params ProxyRule[] rules) => Assert.IsType<ProxyMerge.Merged>(Merge(rules)).Set;

    /// <summary>Rules get the ids 0, 1 and so on.</summary>
    public static ProxyMerge Merge(params ProxyRule[] rules) =>
        ProxyRuleSetBuilder.Merge(rules.Select((rule, i) => new ProxyRuleMember(i, rule)), allowsEverything: false);

    public static ProxyRequest Request(string text, params string[] headers) => new ProxyRequest.Http(HttpRequest.TryParse(text, headers)!);

    private static ImmutableArray<NamePattern> Names(string[] names) =>
        [.. names.Select(n => new NamePattern(n, n.Contains('*', StringComparison.Ordinal), SourceSpan.None))];
}
