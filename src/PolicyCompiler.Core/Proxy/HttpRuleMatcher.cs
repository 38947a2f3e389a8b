using System.Collections.Immutable;
using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Core.Proxy;

/// <summary>Whether a request meets an HTTP rule, as Envoy decides it for Cilium.</summary>
public static class HttpRuleMatcher
{
    /// <param name="rule">The rule.</param>
    /// <param name="request">The request.</param>
    /// <param name="secrets">
    /// Values of secrets, where the caller has them. Without, a header that must equal a secret does not match: who cannot
    /// prove that a request passes must not say so.
    /// </param>
    public static HttpMatch Match(HttpRule rule, HttpRequest request, IReadOnlyDictionary<SecretReference, string>? secrets = null)
    {
        var failure = Regex("method", rule.Method, request.Method) ?? Regex("path", rule.Path, request.Path) ?? Regex("host", rule.Host, request.Host);
        if (failure is not null)
        {
            return new HttpMatch(false, [failure]);
        }

        foreach (var header in rule.Headers.Select(RequiredHeader.Parse))
        {
            if (Failure(header.Name, header.Value, request) is { } missing)
            {
                return new HttpMatch(false, [missing]);
            }
        }

        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (var match in rule.HeaderMatches)
        {
            if (Failure(match, request, secrets) is not { } mismatch)
            {
                continue;
            }

            if (match.Mismatch is not { } action)
            {
                return new HttpMatch(false, [mismatch]);
            }

            notes.Add($"{mismatch}: the proxy {Words(action)}");
        }

        return new HttpMatch(true, notes.ToImmutable());
    }

    private static string? Regex(string part, string? pattern, string text) =>
        string.IsNullOrEmpty(pattern) || FullMatchRegex.Matches(pattern, text) ? null : $"the {part} \"{text}\" does not match \"{pattern}\"";

    private static string? Failure(HeaderMatch match, HttpRequest request, IReadOnlyDictionary<SecretReference, string>? secrets)
    {
        if (match.Secret is not { } secret)
        {
            return Failure(match.Name, match.Value, request);
        }

        return secrets is null || !secrets.TryGetValue(secret, out var value)
            ? $"the value of header \"{match.Name}\" is in secret {secret.Namespace}/{secret.Name} and not known here"
            : request.Find(match.Name) == value ? null : $"header \"{match.Name}\" does not have the value in secret {secret.Namespace}/{secret.Name}";
    }

    private static string? Failure(string name, string? value, HttpRequest request)
    {
        // Host is a pseudo-header to a proxy, but a header to who writes a rule.
        var found = request.Find(name) ?? (name.Equals("host", StringComparison.OrdinalIgnoreCase) && request.Host.Length > 0 ? request.Host : null);
        return found is null ? $"there is no header \"{name}\""
            : string.IsNullOrEmpty(value) || found == value ? null
            : $"header \"{name}\" is \"{found}\", not \"{value}\"";
    }

    private static string Words(HeaderMismatch action) => action switch
    {
        HeaderMismatch.Log => "logs it",
        HeaderMismatch.Add => "adds the header",
        HeaderMismatch.Delete => "deletes the header",
        HeaderMismatch.Replace => "replaces the header",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };
}
