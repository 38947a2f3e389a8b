using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>What a proxy enforces, as a text that is the same when the requests that pass are; for the rules of the generators only.</summary>
internal static class ReferenceProxies
{
    public static string Describe(ProxyRuleSet set)
    {
        var items = set.Members.Select(m => Describe(m.Rule)).Distinct().Order(StringComparer.Ordinal).ToList();
        var all = set.AllowsEverything || items.Contains("http all");
        return $"{set.Parser} {set.Listener?.Name} {(all ? "all" : string.Join(" | ", items))}";
    }

    private static string Describe(ProxyRule rule) => rule.Rules switch
    {
        L7Rules.Http { Rules.IsEmpty: true } => "http all",
        L7Rules.Http http => $"http {http.Rules[0].Method} {http.Rules[0].Path}",
        L7Rules.Dns dns => $"dns {dns.Names[0]}",
        L7Rules.Kafka kafka => $"kafka {kafka.Rules[0].Topic}",
        L7Rules.Generic generic => $"generic {generic.Protocol}",
        _ => rule.Listener is null ? $"sni {rule.ServerNames[0]}" : "listener",
    };
}
