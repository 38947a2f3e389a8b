using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Core.Lint;

/// <summary>A proxy rule as text that is equal when the proxy would do the same, wherever the rule is written.</summary>
internal static class ProxyContent
{
    public static string Of(ProxyRule rule)
    {
        var text = new StringBuilder();
        switch (rule.Rules)
        {
            case L7Rules.Http http:
                Add(text, "http", http.Rules.Select(Of));
                break;
            case L7Rules.Dns dns:
                Add(text, "dns", dns.Names.Select(Of));
                break;
            case L7Rules.Kafka kafka:
                Add(text, "kafka", kafka.Rules.Select(r => Join(r.Role, r.ApiKey, r.ApiVersion, r.ClientId, r.Topic)));
                break;
            case L7Rules.Generic generic:
                Add(text, Join(generic.Protocol), generic.Rules.Select(r => r.ToString()));
                break;
        }

        Add(text, "names", rule.ServerNames.Select(Of));
        if (rule.Listener is { } listener)
        {
            Add(text, "listener", [Join(listener.ConfigurationKind, listener.ConfigurationName, listener.Name, listener.Priority?.ToString(CultureInfo.InvariantCulture))]);
        }

        Add(text, "terminating", Of(rule.TerminatingTls));
        Add(text, "originating", Of(rule.OriginatingTls));
        return text.ToString();
    }

    private static string Of(HttpRule rule) => Join(
    [
        rule.Method, rule.Path, rule.Host, Join([.. rule.Headers]),
        .. rule.HeaderMatches.Select(h => Join(h.Name, h.Value, h.Secret?.Namespace, h.Secret?.Name, h.Mismatch?.ToString())),
    ]);

    private static string Of(NamePattern pattern) => Join(pattern.Text, pattern.IsPattern ? "pattern" : "name");

    private static IEnumerable<string> Of(TlsContext? tls) =>
        tls is null ? [] : [Join(tls.Secret.Namespace, tls.Secret.Name, tls.TrustedCa, tls.Certificate, tls.PrivateKey)];

    private static void Add(StringBuilder text, string name, IEnumerable<string> items) => text.Append(name).Append('(').AppendJoin(';', items).Append(')');

    /// <summary>Lengths in front, so that no content passes for a separator.</summary>
    private static string Join(params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part},");
        }

        return text.ToString();
    }
}
