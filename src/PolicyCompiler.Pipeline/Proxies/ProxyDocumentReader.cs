using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Pipeline.Proxies;

/// <summary>
/// The reverse of <see cref="EnvoyRbacWriter"/>, as far as two sets can be compared by it: every item is a member of its own,
/// names that stand there as regular expressions stay so.
/// </summary>
internal static class ProxyDocumentReader
{
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="InvalidOperationException">A member has another type.</exception>
    /// <exception cref="FormatException">The parser is unknown.</exception>
    public static ProxyRuleSet Read(JsonElement document)
    {
        var parser = Enum.GetValues<ProxyParser>().Where(p => EnvoyRbacWriter.NameOf(p) == Text(document, "parser")).ToList() is [var known]
            ? known
            : throw new FormatException($"parser {Text(document, "parser")} is unknown");
        var rules = parser switch
        {
            ProxyParser.Http => Policies(document, "httpRbac").Select(p => Http(p, document)),
            ProxyParser.Tls => Policies(document, "networkRbac").Select(p => Rule(null, ServerNames(Conditions(p.Value)))),
            ProxyParser.Dns => document.GetProperty("names").EnumerateArray().Select(n => Rule(new L7Rules.Dns([Name(n)], SourceSpan.None), [])),
            ProxyParser.Kafka => document.GetProperty("kafka").EnumerateArray()
                .Select(k => Rule(new L7Rules.Kafka([.. k.GetProperty("requests").EnumerateArray().Select(Kafka)], SourceSpan.None), Names(k))),
            ProxyParser.Generic => document.GetProperty("generic").EnumerateArray()
                .Select(g => Rule(new L7Rules.Generic(Text(document, "protocol")!, [.. g.GetProperty("messages").EnumerateArray().Select(Labels)], SourceSpan.None), Names(g))),
            _ => [Rule(null, [])],
        };
        return new ProxyRuleSet(
            parser, [.. rules.Select((r, i) => new ProxyRuleMember(i, r))], document.GetProperty("allowsEverything").GetBoolean(),
            Listener(document), Tls(document, "terminatingTls"), Tls(document, "originatingTls"));
    }

    private static IEnumerable<JsonProperty> Policies(JsonElement document, string filter) =>
        document.GetProperty(filter).GetProperty("rules").GetProperty("policies").EnumerateObject();

    private static ProxyRule Http(JsonProperty policy, JsonElement document)
    {
        var conditions = Conditions(policy.Value);
        ImmutableArray<HeaderMatch> actions = [.. document.GetProperty("headerActions").EnumerateArray().Where(a => Text(a, "policy") == policy.Name).Select(HeaderAction)];
        var headers = conditions.Where(c => c.TryGetProperty("header", out _)).Select(c => c.GetProperty("header")).ToList();
        string? Pseudo(string name) => headers.Where(h => Text(h, "name") == name).Select(h => Value(h.GetProperty("string_match"))).FirstOrDefault();
        var rule = new HttpRule(
            Pseudo(":method"), Pseudo(":path"), Pseudo(":authority"), [.. headers.Where(h => Text(h, "name")![0] != ':').Select(Header)], actions, SourceSpan.None);
        return Rule(new L7Rules.Http(conditions.Count == 0 && actions.IsEmpty ? [] : [rule], SourceSpan.None), ServerNames(conditions));
    }

    /// <summary>What must all hold; none for a policy that allows everything.</summary>
    private static List<JsonElement> Conditions(JsonElement policy)
    {
        var permission = policy.GetProperty("permissions")[0];
        return permission.TryGetProperty("any", out _) ? []
            : permission.TryGetProperty("and_rules", out var all) ? [.. all.GetProperty("rules").EnumerateArray()]
            : [permission];
    }

    private static ImmutableArray<NamePattern> ServerNames(List<JsonElement> conditions) =>
    [
        .. conditions.Where(c => c.TryGetProperty("or_rules", out _)).SelectMany(c => c.GetProperty("or_rules").GetProperty("rules").EnumerateArray())
            .Select(n => n.GetProperty("requested_server_name"))
            .Select(n => Value(n) is var text && text == NamePatternRegex.AnyName
                ? new NamePattern("*", true, SourceSpan.None)
                : new NamePattern(text, n.TryGetProperty("safe_regex", out _), SourceSpan.None)),
    ];

    private static string Value(JsonElement matcher) =>
        matcher.TryGetProperty("exact", out var exact) ? exact.GetString()! : matcher.GetProperty("safe_regex").GetProperty("regex").GetString()!;

    private static string Header(JsonElement header) =>
        header.TryGetProperty("string_match", out var match) ? $"{Text(header, "name")}: {Value(match)}" : Text(header, "name")!;

    private static HeaderMatch HeaderAction(JsonElement action) => new(
        Text(action, "header")!, Text(action, "value"), Secret(action), Enum.TryParse<HeaderMismatch>(Text(action, "mismatch"), ignoreCase: true, out var mismatch) ? mismatch : null, SourceSpan.None);

    private static KafkaRule Kafka(JsonElement rule) =>
        new(Text(rule, "role"), Text(rule, "apiKey"), Text(rule, "apiVersion"), Text(rule, "clientId"), Text(rule, "topic"), SourceSpan.None);

    private static LabelSet Labels(JsonElement rule) => new(rule.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!)));

    private static ImmutableArray<NamePattern> Names(JsonElement rule) =>
        rule.TryGetProperty("serverNames", out var names) ? [.. names.EnumerateArray().Select(Name)] : [];

    private static NamePattern Name(JsonElement name) => new(Text(name, "text")!, name.GetProperty("pattern").GetBoolean(), SourceSpan.None);

    private static ProxyListener? Listener(JsonElement document) => document.TryGetProperty("listener", out var listener)
        ? new ProxyListener(
            Text(listener, "configurationKind")!, Text(listener, "configurationName")!, Text(listener, "name")!,
            listener.TryGetProperty("priority", out var priority) ? priority.GetInt32() : null, SourceSpan.None)
        : null;

    private static TlsContext? Tls(JsonElement document, string name) => document.TryGetProperty(name, out var context)
        ? new TlsContext(Secret(context)!, Text(context, "trustedCa"), Text(context, "certificate"), Text(context, "privateKey"), SourceSpan.None)
        : null;

    private static SecretReference? Secret(JsonElement holder) =>
        holder.TryGetProperty("secret", out var secret) ? new SecretReference(Text(secret, "namespace")!, Text(secret, "name")!) : null;

    private static ProxyRule Rule(L7Rules? rules, ImmutableArray<NamePattern> serverNames) => new(rules, serverNames, null, null, null);

    private static string? Text(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) ? value.GetString() : null;
}
