using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Pipeline.Proxies;

/// <summary>What Envoy's RBAC filters cannot do, as plain JSON for an agent with parsers of its own.</summary>
internal static class ProxyRuleJson
{
    /// <summary>The name in a table that stands for all, where a rule lists none.</summary>
    private static readonly NamePattern AllNames = new("*", true, SourceSpan.None);

    /// <summary>Where connections go and which certificates they meet.</summary>
    public static void WriteConnection(Utf8JsonWriter json, ProxyRuleSet set)
    {
        if (set.Listener is { } listener)
        {
            json.WriteStartObject("listener");
            json.WriteString("configurationKind", listener.ConfigurationKind);
            json.WriteString("configurationName", listener.ConfigurationName);
            json.WriteString("name", listener.Name);
            if (listener.Priority is { } priority)
            {
                json.WriteNumber("priority", priority);
            }

            json.WriteEndObject();
        }

        WriteTls(json, "terminatingTls", set.TerminatingTls);
        WriteTls(json, "originatingTls", set.OriginatingTls);
    }

    /// <summary>What to do with requests that are allowed although a header does not match, and which values are in secrets.</summary>
    public static void WriteHeaderActions(Utf8JsonWriter json, ImmutableArray<NamedRule> members) => json.WriteObjects(
        "headerActions",
        from member in members
        where member.Rule.Rules is L7Rules.Http
        from rule in ((L7Rules.Http)member.Rule.Rules!).Rules.Select((rule, i) => (rule.HeaderMatches, Policy: $"{member.Name} http[{i}]"))
        from match in rule.HeaderMatches
        where match.Mismatch is not null || match.Secret is not null
        select (rule.Policy, Match: match),
        action =>
        {
            json.WriteString("policy", action.Policy);
            json.WriteString("header", action.Match.Name);
            WriteOptional(json, "value", action.Match.Value);
            WriteSecret(json, action.Match.Secret);
            json.WriteString("mismatch", action.Match.Mismatch?.ToString().ToUpperInvariant() ?? "DENY");
        });

    public static void WriteNames(Utf8JsonWriter json, ImmutableArray<NamedRule> members) => json.WriteObjects(
        "names",
        members.SelectMany(m => m.Rule.Rules is L7Rules.Dns { Names: { IsEmpty: false } names } ? names.Select(n => (m.Name, n)) : [(m.Name, AllNames)]),
        item =>
        {
            WriteName(json, item.Item2);
            json.WriteString("rule", item.Name);
        });

    public static void WriteKafka(Utf8JsonWriter json, ImmutableArray<NamedRule> members) => json.WriteObjects("kafka", members, member =>
    {
        json.WriteString("rule", member.Name);
        WriteServerNames(json, member.Rule);
        json.WriteObjects("requests", member.Rule.Rules is L7Rules.Kafka kafka ? kafka.Rules : [], rule =>
        {
            WriteOptional(json, "role", rule.Role);
            WriteOptional(json, "apiKey", rule.ApiKey);
            WriteOptional(json, "apiVersion", rule.ApiVersion);
            WriteOptional(json, "clientId", rule.ClientId);
            WriteOptional(json, "topic", rule.Topic);
        });
    });

    public static void WriteGeneric(Utf8JsonWriter json, ImmutableArray<NamedRule> members)
    {
        json.WriteString("protocol", members.Select(m => m.Rule.Rules).OfType<L7Rules.Generic>().First().Protocol);
        json.WriteObjects("generic", members, member =>
        {
            json.WriteString("rule", member.Name);
            WriteServerNames(json, member.Rule);
            json.WriteObjects("messages", member.Rule.Rules is L7Rules.Generic generic ? generic.Rules : [], rule =>
            {
                foreach (var (key, value) in rule)
                {
                    json.WriteString(key, value);
                }
            });
        });
    }

    private static void WriteServerNames(Utf8JsonWriter json, ProxyRule rule)
    {
        if (!rule.ServerNames.IsEmpty)
        {
            json.WriteObjects("serverNames", rule.ServerNames, name => WriteName(json, name));
        }
    }

    private static void WriteName(Utf8JsonWriter json, NamePattern name)
    {
        json.WriteString("text", name.Text);
        json.WriteBoolean("pattern", name.IsPattern);
        json.WriteString("regex", NamePatternRegex.Of(name));
    }

    private static void WriteTls(Utf8JsonWriter json, string name, TlsContext? context)
    {
        if (context is null)
        {
            return;
        }

        json.WriteStartObject(name);
        WriteSecret(json, context.Secret);
        WriteOptional(json, "trustedCa", context.TrustedCa);
        WriteOptional(json, "certificate", context.Certificate);
        WriteOptional(json, "privateKey", context.PrivateKey);
        json.WriteEndObject();
    }

    private static void WriteSecret(Utf8JsonWriter json, SecretReference? secret)
    {
        if (secret is null)
        {
            return;
        }

        json.WriteStartObject("secret");
        json.WriteString("namespace", secret.Namespace);
        json.WriteString("name", secret.Name);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
