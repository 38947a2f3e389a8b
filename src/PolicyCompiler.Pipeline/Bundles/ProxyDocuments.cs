using System.Globalization;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Proxies;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>What proxies must enforce: an index by decision, and a document for each (docs/proxy-format.md).</summary>
internal static class ProxyDocuments
{
    /// <summary>Empty when no decision sends connections to a proxy.</summary>
    public static IEnumerable<(string Path, byte[] Content)> All(PolicyTables tables)
    {
        if (tables.Redirects.IsEmpty)
        {
            yield break;
        }

        foreach (var redirect in tables.Redirects)
        {
            yield return (PathOf(redirect), EnvoyRbacWriter.Write(redirect.Set!, id => NameOf(tables, id)));
        }

        yield return (BundleLayout.ProxyIndex, JsonText.Write(json => json.WriteObjects("proxies", tables.Redirects, redirect =>
        {
            json.WriteNumber("decision", redirect.Decision);
            json.WriteString("path", PathOf(redirect));
            json.WriteString("parser", EnvoyRbacWriter.NameOf(redirect.Set!.Parser));
            json.WriteBoolean("allowsEverything", redirect.AllowsEverything);
        })));
    }

    private static string PathOf(RedirectDecision redirect) =>
        string.Create(CultureInfo.InvariantCulture, $"{BundleLayout.Proxies}/{redirect.Decision}.json");

    private static string NameOf(PolicyTables tables, int id)
    {
        var rule = tables.Graph.Rules[id];
        var policy = tables.Graph.PolicyOf(rule);
        return $"{policy.Kind} {policy.Reference} {rule.Place}";
    }
}
