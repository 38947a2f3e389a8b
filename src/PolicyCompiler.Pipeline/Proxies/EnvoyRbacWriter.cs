using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Pipeline.Proxies;

/// <summary>
/// Writes what a proxy must enforce as one document (docs/proxy-format.md): an Envoy RBAC filter where Envoy's own filters can
/// do it, and the rules as plain JSON where a parser of the reader's must.
/// </summary>
public static class EnvoyRbacWriter
{
    private const string HttpFilter = "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC";
    private const string NetworkFilter = "type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC";

    /// <param name="set">The rule set.</param>
    /// <param name="nameOf">The name of a policy rule by its id: what logs and statistics of the proxy show.</param>
    /// <returns>UTF-8; the same bytes for the same set and names.</returns>
    public static byte[] Write(ProxyRuleSet set, Func<int, string> nameOf)
    {
        var members = Named(set.Members, nameOf);
        return JsonText.Write(json =>
        {
            json.WriteString("parser", NameOf(set.Parser));
            json.WriteBoolean("allowsEverything", set.AllowsEverything);
            ProxyRuleJson.WriteConnection(json, set);
            json.WriteStrings("rules", members.Select(m => m.Name));
            WriteFilters(json, set, members);
        });
    }

    private static void WriteFilters(Utf8JsonWriter json, ProxyRuleSet set, ImmutableArray<NamedRule> members)
    {
        switch (set.Parser)
        {
            case ProxyParser.Http:
                WriteFilter(json, "httpRbac", HttpFilter, statPrefix: null, set.AllowsEverything ? [EnvoyPolicy.Everything] : HttpPolicies(members));
                ProxyRuleJson.WriteHeaderActions(json, members);
                break;
            case ProxyParser.Tls:
                WriteFilter(json, "networkRbac", NetworkFilter, "policyc", set.AllowsEverything ? [EnvoyPolicy.Everything] : TlsPolicies(members));
                break;
            case ProxyParser.Dns:
                ProxyRuleJson.WriteNames(json, members);
                break;
            case ProxyParser.Kafka:
                ProxyRuleJson.WriteKafka(json, members);
                break;
            case ProxyParser.Generic:
                ProxyRuleJson.WriteGeneric(json, members);
                break;
            case ProxyParser.Listener:
                // The listener's own filters decide.
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(set), set.Parser, null);
        }
    }

    private static IEnumerable<EnvoyPolicy> HttpPolicies(IEnumerable<NamedRule> members) => members.SelectMany(m =>
    {
        EnvoyPermission[] outside = m.Rule.ServerNames.IsEmpty ? [] : [ServerNames(m.Rule.ServerNames)];
        return m.Rule.Rules is L7Rules.Http { Rules: { IsEmpty: false } rules }
            ? rules.Select((rule, i) => new EnvoyPolicy($"{m.Name} http[{i}]", EnvoyPermission.AllOf([.. outside, .. Conditions(rule)])))
            : [new EnvoyPolicy(m.Name, EnvoyPermission.AllOf([.. outside]))];
    });

    private static IEnumerable<EnvoyPolicy> TlsPolicies(IEnumerable<NamedRule> members) => members.Select(m =>
        new EnvoyPolicy(m.Name, m.Rule.ServerNames.IsEmpty ? EnvoyPermission.Everything : ServerNames(m.Rule.ServerNames)));

    private static IEnumerable<EnvoyPermission> Conditions(HttpRule rule)
    {
        // The headers and the order of Cilium's own rules; Envoy matches a safe_regex against the whole value.
        foreach (var (header, regex) in new[] { (":authority", rule.Host), (":method", rule.Method), (":path", rule.Path) })
        {
            if (!string.IsNullOrEmpty(regex))
            {
                yield return new EnvoyPermission.Header(header, Exact: null, regex);
            }
        }

        foreach (var header in rule.Headers.Select(RequiredHeader.Parse))
        {
            yield return new EnvoyPermission.Header(header.Name, header.Value, Regex: null);
        }

        // With an action a mismatch denies nothing.
        foreach (var match in rule.HeaderMatches.Where(m => m.Mismatch is null))
        {
            // RBAC cannot compare with a secret: without the reader's help the rule must not allow.
            yield return match.Secret is null ? new EnvoyPermission.Header(match.Name, match.Value, Regex: null) : EnvoyPermission.Nothing;
        }
    }

    private static EnvoyPermission ServerNames(ImmutableArray<NamePattern> names) => new EnvoyPermission.AnyOf(
        [.. names.Select(n => n.IsPattern
            ? new EnvoyPermission.ServerName(Exact: null, n.Text == "*" ? NamePatternRegex.AnyName : NamePatternRegex.Of(n))
            : new EnvoyPermission.ServerName(n.Text, Regex: null))]);

    private static void WriteFilter(Utf8JsonWriter json, string name, string type, string? statPrefix, IEnumerable<EnvoyPolicy> policies)
    {
        json.WriteStartObject(name);
        json.WriteString("@type", type);
        if (statPrefix is not null)
        {
            json.WriteString("stat_prefix", statPrefix);
        }

        json.WriteStartObject("rules");
        json.WriteString("action", "ALLOW");
        json.WriteStartObject("policies");
        foreach (var policy in policies)
        {
            policy.Write(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Envoy's policies are a map, so rules that are called the same are numbered.</summary>
    private static ImmutableArray<NamedRule> Named(ImmutableArray<ProxyRuleMember> members, Func<int, string> nameOf)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return [.. members.Select(m =>
        {
            var name = nameOf(m.RuleId);
            for (var i = 2; !used.Add(name); i++)
            {
                name = $"{nameOf(m.RuleId)} #{i}";
            }

            return new NamedRule(name, m.Rule);
        })];
    }

    internal static string NameOf(ProxyParser parser) => parser switch
    {
        ProxyParser.Http => "http",
        ProxyParser.Dns => "dns",
        ProxyParser.Kafka => "kafka",
        ProxyParser.Tls => "tls",
        ProxyParser.Generic => "generic",
        ProxyParser.Listener => "listener",
        _ => throw new ArgumentOutOfRangeException(nameof(parser), parser, null),
    };
}
