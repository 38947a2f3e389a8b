using System.Text.Json;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Proxies;

namespace PolicyCompiler.Pipeline.Comparison;

/// <summary>What proxies must do, in the form in which a bundle has it: so compiled policies can be compared with one.</summary>
internal static class ComparableProxies
{
    public static PolicyTables Of(PolicyTables tables) => tables with
    {
        Decisions = [.. tables.Decisions.Select(d => d.Proxy is { Set: { } set } proxy ? d with { Proxy = proxy with { Set = AsInBundle(set) } } : d)],
    };

    private static Core.Proxy.ProxyRuleSet AsInBundle(Core.Proxy.ProxyRuleSet set)
    {
        using var document = JsonDocument.Parse(EnvoyRbacWriter.Write(set, id => $"{id}"));
        return ProxyDocumentReader.Read(document.RootElement);
    }
}
