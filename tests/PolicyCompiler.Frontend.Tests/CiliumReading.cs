using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>Short ways to write and read Cilium policies.</summary>
internal static class CiliumReading
{
    /// <summary>A policy for every pod of its namespace, with the given lines of spec, indented by two.</summary>
    public static string Rule(string spec) =>
        "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: p}\nspec:\n  endpointSelector: {}\n" + spec + "\n";

    /// <summary>The same with one item in one of the four lists.</summary>
    public static string Item(string list, string item) => Rule($"  {list}:\n  - {item}");

    public static string Ingress(string item) => Item("ingress", item);

    public static string Egress(string item) => Item("egress", item);

    /// <summary>A rule that allows egress to TCP port 80 with more fields of the item of toPorts.</summary>
    public static string Proxy(string fields) => Egress($"{{toPorts: [{{ports: [{{port: \"80\", protocol: TCP}}], {fields}}}]}}");

    public static CiliumPolicy ReadPolicy(string text) => Assert.IsType<CiliumPolicy>(Assert.Single(Reading.ReadClean(text).Policies.Policies));

    public static CiliumRule ReadRule(string text) => Assert.Single(ReadPolicy(text).Rules);

    public static CiliumRuleItem ReadEgress(string item) => Assert.Single(ReadRule(Egress(item)).Egress);

    public static CiliumPortRule ReadProxy(string fields) => Assert.Single(Assert.Single(ReadRule(Proxy(fields)).Egress).ToPorts);
}
