using System.Collections.Immutable;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Diff;

/// <summary>What a proxy does with the connections of a decision, whichever rules say so.</summary>
public sealed class ProxyContent
{
    private readonly string _handling;
    private readonly ImmutableArray<ProxyClause> _clauses;

    public ProxyContent(ProxyRuleSet set)
    {
        var rules = set.Members.Select(m => m.Rule).ToList();
        Parser = set.Parser;
        _clauses = [.. rules.SelectMany(ProxyClause.Of)];
        // What a listener that others configure lets pass is not known.
        PassesAll = set.AllowsEverything || (set.Listener is null && _clauses.Any(c => c.PassesAll));
        // Where spans differ, nothing does.
        string?[] handling =
        [
            set.Parser.ToString(), rules.Select(r => r.Rules).OfType<L7Rules.Generic>().FirstOrDefault()?.Protocol,
            set.Listener is { } l ? $"{l.ConfigurationKind} {l.ConfigurationName} {l.Name}" : null,
            Tls(set.TerminatingTls), Tls(set.OriginatingTls),
            .. _clauses.Select(c => c.Item).OfType<HttpRule>().SelectMany(Actions).Distinct().Order(StringComparer.Ordinal),
        ];
        _handling = string.Join('\n', handling);
    }

    /// <summary>In place of requests: all but those that the other side's rules name.</summary>
    internal const string Others = "every other request";

    public ProxyParser Parser { get; }

    /// <summary>It lets every request of its protocol pass.</summary>
    public bool PassesAll { get; }

    /// <summary>In a few words: <c>HTTP rules</c>.</summary>
    public override string ToString() => PassesAll ? $"{Word} proxy that lets every request pass" : $"{_clauses.Length} {Word} {(_clauses.Length == 1 ? "rule" : "rules")}";

    /// <summary>The first against the second: <see cref="ProxyComparison.Wider"/> when it lets more pass.</summary>
    public static ProxyComparison Compare(ProxyContent? first, ProxyContent? second)
    {
        if (ReferenceEquals(first, second))
        {
            return ProxyComparison.Equal;
        }

        // Without a proxy everything passes.
        if (first is null || second is null)
        {
            return first is null ? ProxyComparison.Wider : ProxyComparison.Narrower;
        }

        if (first._handling != second._handling)
        {
            return ProxyComparison.Different;
        }

        return (first.Covers(second), second.Covers(first)) switch
        {
            (true, true) => ProxyComparison.Equal,
            (true, false) => ProxyComparison.Wider,
            (false, true) => ProxyComparison.Narrower,
            _ => ProxyComparison.Different,
        };
    }

    /// <summary>Requests that pass here and, as far as can be proven, not all pass there; none where there is no proxy there.</summary>
    public IEnumerable<string> RequestsBeyond(ProxyContent? other) => other is null || other.PassesAll ? []
        : PassesAll ? [Others]
        : _clauses.Where(c => !other._clauses.Any(d => d.Covers(c))).Select(c => c.ToString()).Distinct();

    private string Word => Parser switch
    {
        ProxyParser.Http => "HTTP",
        ProxyParser.Dns => "DNS",
        ProxyParser.Kafka => "Kafka",
        ProxyParser.Tls => "TLS server name",
        ProxyParser.Listener => "listener",
        _ => "L7",
    };

    private bool Covers(ProxyContent other) =>
        PassesAll || (!other.PassesAll && other._clauses.All(c => _clauses.Any(d => d.Covers(c))));

    private static string? Tls(TlsContext? context) => context is null ? null
        : $"{context.Secret.Namespace}/{context.Secret.Name} {context.TrustedCa} {context.Certificate} {context.PrivateKey}";

    /// <summary>What is done to requests that pass.</summary>
    private static IEnumerable<string> Actions(HttpRule rule) => rule.HeaderMatches.Where(m => m.Mismatch is not null)
        .Select(m => $"{rule.Method} {rule.Path} {rule.Host} {string.Join(',', rule.Headers)} {m.Name} {m.Value} {m.Secret} {m.Mismatch}");
}
