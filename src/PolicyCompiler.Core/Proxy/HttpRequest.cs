using System.Collections.Immutable;

namespace PolicyCompiler.Core.Proxy;

/// <summary>The head of an HTTP request, as far as rules look at it.</summary>
/// <param name="Method">Such as <c>GET</c>; methods are told apart by case.</param>
/// <param name="Scheme"><c>http</c>, <c>https</c>, or null when not stated.</param>
/// <param name="Host">The <c>Host</c> header or <c>:authority</c>, with its port if it states one; empty when there is none.</param>
/// <param name="Path">Path and query, as on the request line.</param>
/// <param name="Headers">In the order sent; a name may come twice.</param>
public sealed record HttpRequest(
    string Method, string? Scheme, string Host, string Path, ImmutableArray<KeyValuePair<string, string>> Headers)
{
    /// <summary>
    /// Reads <c>GET /path</c> or <c>GET https://host/path</c>; null when the text is neither. A <c>Host</c> among the headers is
    /// the host of a request that states none.
    /// </summary>
    /// <param name="text">Method and target.</param>
    /// <param name="headers">Each <c>Name: value</c>.</param>
    public static HttpRequest? TryParse(string text, params ReadOnlySpan<string> headers)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || ParseHeaders(headers) is not { } parsed)
        {
            return null;
        }

        var target = text[(space + 1)..];
        if (target.Contains(' ', StringComparison.Ordinal))
        {
            return null;
        }

        var (scheme, host, path) = (default(string), "", target);
        if (!target.StartsWith('/'))
        {
            scheme = target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http"
                : target.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https" : null;
            if (scheme is null)
            {
                return null;
            }

            var authority = target[(scheme.Length + 3)..];
            var end = authority.AsSpan().IndexOfAny("/?#");
            (host, path) = end < 0 ? (authority, "") : (authority[..end], authority[end..]);
            if (host.Length == 0)
            {
                return null;
            }
        }

        var named = parsed.Find(h => h.Key.Equals("host", StringComparison.OrdinalIgnoreCase)).Value;
        return new HttpRequest(text[..space], scheme, host.Length > 0 ? host : named ?? "", Target(path), [.. parsed]);
    }

    /// <summary>The value of a header as a proxy sees it: repeated headers are joined; null when there is none.</summary>
    public string? Find(string header)
    {
        var values = Headers.Where(h => h.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).ToArray();
        return values.Length == 0 ? null : string.Join(',', values);
    }

    public override string ToString() => $"{Method} {(Scheme is null ? "" : $"{Scheme}://{Host}")}{Path}";

    /// <summary>Clients keep the fragment, and send a slash where there is no path.</summary>
    private static string Target(string path)
    {
        var sent = path.Split('#')[0];
        return sent.StartsWith('/') ? sent : "/" + sent;
    }

    private static List<KeyValuePair<string, string>>? ParseHeaders(ReadOnlySpan<string> headers)
    {
        var parsed = new List<KeyValuePair<string, string>>();
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                return null;
            }

            parsed.Add(KeyValuePair.Create(header[..colon].Trim(), header[(colon + 1)..].Trim()));
        }

        return parsed;
    }
}
