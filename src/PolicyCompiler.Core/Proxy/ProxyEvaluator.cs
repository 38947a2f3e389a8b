using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Core.Proxy;

/// <summary>
/// What a proxy does with a request: the meaning of a rule set, written for reading. Members are judged each by itself, so a
/// server name of one rule never opens the requests of another.
/// </summary>
public static class ProxyEvaluator
{
    /// <summary>Failures that a reason lists; more would bury the one that was meant.</summary>
    private const int ListedFailures = 3;

    /// <param name="set">What the proxy enforces.</param>
    /// <param name="request">The question.</param>
    /// <param name="secrets">See <see cref="HttpRuleMatcher.Match"/>.</param>
    public static ProxyDecision Evaluate(ProxyRuleSet set, ProxyRequest request, IReadOnlyDictionary<SecretReference, string>? secrets = null)
    {
        // A proxy that reads server names only sees of an HTTPS request the name it asks for.
        var seen = set.Parser == ProxyParser.Tls && request is ProxyRequest.Http { Request.Scheme: "https" } https
            ? new ProxyRequest.ServerName(WithoutPort(https.Request.Host))
            : request;
        if (!Applies(set, seen))
        {
            return Decide(ProxyVerdict.NotApplicable, set.Parser == ProxyParser.Listener
                ? $"listener {set.Listener?.Name} of {set.Listener?.ConfigurationKind} {set.Listener?.ConfigurationName} decides about requests"
                : $"the proxy of these connections checks {Words(set.Parser)}, not {Words(seen)}");
        }

        if (set.AllowsEverything)
        {
            return Decide(ProxyVerdict.Allowed, "the same connections are allowed without L7 conditions, so the proxy lets every request pass");
        }

        var failures = new List<string>();
        foreach (var member in set.Members)
        {
            foreach (var item in Items(set, member.Rule, seen, secrets))
            {
                if (item.Failure is null)
                {
                    var reason = item.Part is null ? "the rule has no L7 conditions on it" : $"{item.Part} matches";
                    return new ProxyDecision(ProxyVerdict.Allowed, member.RuleId, item.Part, item.Span, reason + item.Note);
                }

                failures.Add(item.Part is null ? item.Failure : $"{item.Part}: {item.Failure}");
            }
        }

        var distinct = failures.Distinct(StringComparer.Ordinal).ToArray();
        var more = distinct.Length > ListedFailures ? $"; and {distinct.Length - ListedFailures} more" : "";
        return Decide(ProxyVerdict.Denied, string.Join("; ", distinct.Take(ListedFailures)) + more);
    }

    private static ProxyDecision Decide(ProxyVerdict verdict, string reason) => new(verdict, null, null, SourceSpan.None, reason);

    private static bool Applies(ProxyRuleSet set, ProxyRequest request) => request switch
    {
        ProxyRequest.Http => set.Parser == ProxyParser.Http,
        ProxyRequest.Dns => set.Parser == ProxyParser.Dns,
        ProxyRequest.Kafka => set.Parser == ProxyParser.Kafka,
        _ => set.Parser == ProxyParser.Tls || (set.Parser != ProxyParser.Listener && set.Members.Any(m => m.Rule.ServerNames.Length > 0)),
    };

    private static IEnumerable<ProxyItem> Items(
        ProxyRuleSet set, ProxyRule rule, ProxyRequest request, IReadOnlyDictionary<SecretReference, string>? secrets) => request switch
        {
            ProxyRequest.ServerName(var name) => ServerNames(rule.ServerNames, name),
            ProxyRequest.Dns(var name) => Queries(rule.Rules as L7Rules.Dns, name),
            ProxyRequest.Http(var http) => Outside(set, rule, http) is { } failure
                ? [new ProxyItem(null, rule.Rules?.Span ?? SourceSpan.None, failure)]
                : Requests(rule.Rules as L7Rules.Http, http, secrets),
            ProxyRequest.Kafka(var kafka) => rule.ServerNames.Length > 0
                ? [new ProxyItem(null, rule.Rules?.Span ?? SourceSpan.None, "the rule asks for a TLS server name")]
                : Messages(rule.Rules as L7Rules.Kafka, kafka),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, null),
        };

    private static IEnumerable<ProxyItem> ServerNames(ImmutableArray<NamePattern> names, string name)
    {
        if (names.IsEmpty)
        {
            yield return new ProxyItem(null, SourceSpan.None, null);
        }

        for (var i = 0; i < names.Length; i++)
        {
            var failure = IsServerName(names[i], name) ? null
                : name.Length == 0 ? "the handshake names no server"
                : $"server name \"{name}\" does not match \"{names[i].Text}\"";
            yield return new ProxyItem($"serverNames[{i}]", names[i].Span, failure);
        }
    }

    private static IEnumerable<ProxyItem> Queries(L7Rules.Dns? rules, string name)
    {
        if (rules is null || rules.Names.IsEmpty)
        {
            yield return new ProxyItem(null, rules?.Span ?? SourceSpan.None, null);
            yield break;
        }

        for (var i = 0; i < rules.Names.Length; i++)
        {
            var pattern = rules.Names[i];
            yield return new ProxyItem(
                $"dns[{i}]", pattern.Span, NamePatternMatcher.Matches(pattern, name) ? null : $"the name \"{name}\" does not match \"{pattern.Text}\"");
        }
    }

    /// <summary>Why the conditions around the request fail; null when they hold.</summary>
    private static string? Outside(ProxyRuleSet set, ProxyRule rule, HttpRequest request)
    {
        if (request.Scheme == "https" && set.TerminatingTls is null)
        {
            return "TLS does not end at the proxy, so it cannot read the request";
        }

        return rule.ServerNames.IsEmpty ? null
            : request.Scheme != "https" ? "the rule asks for a TLS server name, which only an https request has"
            : rule.ServerNames.Any(n => IsServerName(n, WithoutPort(request.Host))) ? null
            : $"server name \"{WithoutPort(request.Host)}\" is not among those of the rule";
    }

    private static IEnumerable<ProxyItem> Requests(L7Rules.Http? rules, HttpRequest request, IReadOnlyDictionary<SecretReference, string>? secrets)
    {
        if (rules is null || rules.Rules.IsEmpty)
        {
            yield return new ProxyItem(null, rules?.Span ?? SourceSpan.None, null);
            yield break;
        }

        for (var i = 0; i < rules.Rules.Length; i++)
        {
            var match = HttpRuleMatcher.Match(rules.Rules[i], request, secrets);
            var notes = string.Concat(match.Notes.Select(n => $"; {n}"));
            yield return new ProxyItem($"http[{i}]", rules.Rules[i].Span, match.Matches ? null : notes[2..], notes);
        }
    }

    private static IEnumerable<ProxyItem> Messages(L7Rules.Kafka? rules, KafkaRequest request)
    {
        if (rules is null || rules.Rules.IsEmpty)
        {
            yield return new ProxyItem(null, rules?.Span ?? SourceSpan.None, null);
            yield break;
        }

        for (var i = 0; i < rules.Rules.Length; i++)
        {
            var failure = KafkaRuleMatcher.Matches(rules.Rules[i], request) ? null : $"a {request.ApiKey} request does not match";
            yield return new ProxyItem($"kafka[{i}]", rules.Rules[i].Span, failure);
        }
    }

    /// <summary>The pattern of all names is that of all handshakes with a name.</summary>
    private static bool IsServerName(NamePattern pattern, string name) => name.Length > 0 && NamePatternMatcher.Matches(pattern, name);

    private static string WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? host : host[..colon];
    }

    private static string Words(ProxyParser parser) => parser switch
    {
        ProxyParser.Http => "HTTP requests",
        ProxyParser.Dns => "DNS queries",
        ProxyParser.Kafka => "Kafka requests",
        ProxyParser.Tls => "TLS server names",
        ProxyParser.Generic => "messages of a protocol of its own",
        _ => throw new ArgumentOutOfRangeException(nameof(parser), parser, null),
    };

    private static string Words(ProxyRequest request) => request switch
    {
        ProxyRequest.Http => "HTTP requests",
        ProxyRequest.Dns => "DNS queries",
        ProxyRequest.Kafka => "Kafka requests",
        _ => "TLS server names",
    };
}
