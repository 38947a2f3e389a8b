using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Pipeline.Tests.Proxies;

/// <summary>Does what Envoy's documentation says of an RBAC filter, knowing nothing of policies.</summary>
internal static class RbacDocument
{
    public static bool Allows(JsonNode filter, HttpRequest request, string serverName) =>
        filter["rules"]!["policies"]!.AsObject().Any(p => p.Value!["permissions"]!.AsArray().Any(permission => Holds(permission!, request, serverName)));

    private static bool Holds(JsonNode permission, HttpRequest request, string serverName)
    {
        var (kind, value) = Assert.Single(permission.AsObject());
        return kind switch
        {
            "any" => true,
            "not_rule" => !Holds(value!, request, serverName),
            "and_rules" => value!["rules"]!.AsArray().All(r => Holds(r!, request, serverName)),
            "or_rules" => value!["rules"]!.AsArray().Any(r => Holds(r!, request, serverName)),
            "requested_server_name" => StringMatches(value!, serverName),
            "header" => HeaderMatches(value!, request),
            _ => throw new InvalidOperationException(kind),
        };
    }

    private static bool HeaderMatches(JsonNode header, HttpRequest request)
    {
        var text = (string)header["name"]! switch
        {
            ":method" => request.Method,
            ":path" => request.Path,
            ":authority" => request.Host,
            var name => request.Find(name),
        };
        return text is not null && (header["present_match"] is not null || StringMatches(header["string_match"]!, text));
    }

    private static bool StringMatches(JsonNode matcher, string text) =>
        matcher["exact"] is { } exact ? (string)exact! == text : Regex.IsMatch(text, $@"\A(?:{matcher["safe_regex"]!["regex"]})\z");
}
