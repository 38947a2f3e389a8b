using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Pipeline.Proxies;

/// <summary>An <c>envoy.config.rbac.v3.Permission</c>, as far as policies need it.</summary>
internal abstract record EnvoyPermission
{
    private EnvoyPermission()
    {
    }

    public static EnvoyPermission Everything { get; } = new Any();

    public static EnvoyPermission Nothing { get; } = new Not(Everything);

    /// <summary>Envoy refuses a list without members, which would mean everything.</summary>
    public static EnvoyPermission AllOf(ImmutableArray<EnvoyPermission> all) => all.IsEmpty ? Everything : new And(all);

    /// <summary>Writes the members of the object.</summary>
    public abstract void Write(Utf8JsonWriter json);

    public sealed record AnyOf(ImmutableArray<EnvoyPermission> Members) : EnvoyPermission
    {
        public override void Write(Utf8JsonWriter json) => WriteSet(json, "or_rules", Members);
    }

    /// <summary>A header with a value, one that matches a regular expression, or any value when neither is given.</summary>
    public sealed record Header(string Name, string? Exact, string? Regex) : EnvoyPermission
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject("header");
            json.WriteString("name", Name);
            if (string.IsNullOrEmpty(Exact) && Regex is null)
            {
                json.WriteBoolean("present_match", true);
            }
            else
            {
                json.WriteStartObject("string_match");
                WriteString(json, Exact, Regex);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    }

    /// <summary>The server name of the TLS handshake, in lower case; empty when there was none.</summary>
    public sealed record ServerName(string? Exact, string? Regex) : EnvoyPermission
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject("requested_server_name");
            WriteString(json, Exact, Regex);
            json.WriteEndObject();
        }
    }

    private sealed record Any : EnvoyPermission
    {
        public override void Write(Utf8JsonWriter json) => json.WriteBoolean("any", true);
    }

    private sealed record Not(EnvoyPermission Inner) : EnvoyPermission
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject("not_rule");
            Inner.Write(json);
            json.WriteEndObject();
        }
    }

    private sealed record And(ImmutableArray<EnvoyPermission> Members) : EnvoyPermission
    {
        public override void Write(Utf8JsonWriter json) => WriteSet(json, "and_rules", Members);
    }

    /// <summary>An <c>envoy.type.matcher.v3.StringMatcher</c>.</summary>
    private static void WriteString(Utf8JsonWriter json, string? exact, string? regex)
    {
        if (regex is null)
        {
            json.WriteString("exact", exact);
            return;
        }

        json.WriteStartObject("safe_regex");
        json.WriteString("regex", regex);
        json.WriteEndObject();
    }

    private static void WriteSet(Utf8JsonWriter json, string name, ImmutableArray<EnvoyPermission> members)
    {
        json.WriteStartObject(name);
        json.WriteObjects("rules", members, m => m.Write(json));
        json.WriteEndObject();
    }
}
