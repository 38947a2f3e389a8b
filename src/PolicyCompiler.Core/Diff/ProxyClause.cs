using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Core.Diff;

/// <summary>One way in which a request may pass a proxy.</summary>
/// <param name="ServerNames">Names of which the handshake must ask for one; empty: any, or none.</param>
/// <param name="Item">An <see cref="HttpRule"/>, a <see cref="KafkaRule"/>, a name pattern or a label set; null: every request.</param>
internal sealed record ProxyClause(ImmutableArray<NamePattern> ServerNames, object? Item)
{
    public static IEnumerable<ProxyClause> Of(ProxyRule rule)
    {
        IEnumerable<object> items = rule.Rules switch
        {
            L7Rules.Http http => http.Rules,
            L7Rules.Dns dns => dns.Names,
            L7Rules.Kafka kafka => kafka.Rules,
            L7Rules.Generic generic => generic.Rules,
            _ => [],
        };
        return items.Select(i => new ProxyClause(rule.ServerNames, i)).DefaultIfEmpty(new ProxyClause(rule.ServerNames, null));
    }

    /// <summary>It has no condition at all.</summary>
    public bool PassesAll => ServerNames.IsEmpty && Item switch
    {
        null => true,
        HttpRule http => IsNone(http.Method) && IsNone(http.Path) && IsNone(http.Host) && http.Headers.IsEmpty && http.HeaderMatches.All(m => m.Mismatch is not null),
        KafkaRule kafka => IsNone(kafka.Role) && IsNone(kafka.ApiKey) && IsNone(kafka.ApiVersion) && IsNone(kafka.ClientId) && IsNone(kafka.Topic),
        NamePattern name => name is { IsPattern: true, Text: "*" },
        _ => false,
    };

    /// <summary>Whether it is certain that all requests of the other pass here too. Conditions are compared as texts.</summary>
    public bool Covers(ProxyClause other) =>
        (ServerNames.IsEmpty || (!other.ServerNames.IsEmpty && other.ServerNames.All(n => ServerNames.Any(m => Covers(m, n)))))
        && (Item is null || (other.Item is not null && Covers(Item, other.Item)));

    /// <summary>The requests, as <c>GET /path</c>, a name, or a label set.</summary>
    public override string ToString()
    {
        var item = Item switch
        {
            HttpRule http => string.Join(' ', Words(http)),
            KafkaRule kafka => $"Kafka {string.Join(' ', new[] { kafka.Role, kafka.ApiKey, kafka.ApiVersion, kafka.ClientId, kafka.Topic }.Where(w => w is not null))}",
            NamePattern name => $"name {name}",
            LabelSet labels => $"{labels}",
            _ => null,
        };
        var names = ServerNames.IsEmpty ? null : $"server name {string.Join(" or ", ServerNames)}";
        return string.IsNullOrEmpty(item) ? names ?? "every request" : names is null ? item : $"{item} with {names}";
    }

    private static IEnumerable<string> Words(HttpRule rule)
    {
        // Without a condition on the method a path would look like one.
        yield return string.IsNullOrEmpty(rule.Method) ? "any method" : rule.Method;
        foreach (var word in new[] { rule.Path, rule.Host is { Length: > 0 } host ? $"at {host}" : null }.Where(w => !string.IsNullOrEmpty(w)))
        {
            yield return word!;
        }

        foreach (var header in rule.Headers.Concat(rule.HeaderMatches.Select(m => m.Value is null ? m.Name : $"{m.Name}: {m.Value}")))
        {
            yield return $"header {header}";
        }
    }

    private static bool Covers(object item, object other) => (item, other) switch
    {
        (HttpRule a, HttpRule b) => Is(a.Method, b.Method) && Is(a.Path, b.Path) && Is(a.Host, b.Host) && a.Headers.All(b.Headers.Contains)
            && a.HeaderMatches.All(m => m.Mismatch is not null || b.HeaderMatches.Any(n =>
                n.Mismatch is null && n.Name == m.Name && n.Value == m.Value && n.Secret == m.Secret)),
        (NamePattern a, NamePattern b) => Covers(a, b),
        (KafkaRule a, KafkaRule b) => Is(a.Role, b.Role) && Is(a.ApiKey, b.ApiKey) && Is(a.ApiVersion, b.ApiVersion)
            && Is(a.ClientId, b.ClientId) && Is(a.Topic, b.Topic),
        (LabelSet a, LabelSet b) => a.Equals(b),
        _ => false,
    };

    private static bool Is(string? condition, string? other) => IsNone(condition) || condition == other;

    private static bool IsNone(string? condition) => string.IsNullOrEmpty(condition);

    private static bool Covers(NamePattern pattern, NamePattern other) => pattern.Equals(other)
        || pattern is { IsPattern: true, Text: "*" } || (!other.IsPattern && NamePatternMatcher.Matches(pattern, other.Text));
}
