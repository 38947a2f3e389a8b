using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>
/// Rules for the ingress of one endpoint, none of which another implies. Rule 0 is the one that the measured packet
/// needs: from 10.1.0.1 to TCP port 80.
/// </summary>
internal static class RuleSet
{
    public const int Port = 80;

    public static readonly IpAddress Endpoint = IpAddress.Parse("10.0.0.1");

    /// <summary>The remote address of rule <paramref name="rule"/>.</summary>
    public static IpAddress Remote(int rule) => new(AddressFamily.IPv4, (uint)(IpAddress.Parse("10.1.0.1").Value + (uint)rule));

    /// <summary>The port of rule <paramref name="rule"/> where rules differ in their remote address.</summary>
    public static int PortOf(int rule) => Port + (rule % 8);

    /// <summary>One CIDR a rule, eight ports: what the comparison programs hold too.</summary>
    public static SourceText Addresses(int count) => Of(count, rule => (IpBlock(rule), PortOf(rule)));

    /// <summary>One port a rule, one CIDR.</summary>
    public static SourceText Ports(int count) => Of(count, rule => (IpBlock(0), Port + rule));

    /// <summary>One CIDR and one port a rule: no two rules share a row or a column of the verdict table.</summary>
    public static SourceText AddressesAndPorts(int count) => Of(count, rule => (IpBlock(rule), Port + rule));

    /// <summary>One pod with labels of its own a rule, eight ports.</summary>
    public static SourceText Pods(int count)
    {
        var pods = new StringBuilder();
        for (var rule = 0; rule < count; rule++)
        {
            pods.AppendLine(Pod($"peer-{rule}", Remote(rule)));
        }

        return Of(count, rule => ($"podSelector: {{matchLabels: {{app: peer-{rule}}}}}", PortOf(rule)), pods.ToString());
    }

    private static SourceText Of(int count, Func<int, (string Peer, int Port)> ruleOf, string others = "")
    {
        var text = new StringBuilder(others);
        text.AppendLine(Pod("target", Endpoint));
        text.Append("""
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: rules, namespace: default}
            spec:
              podSelector: {matchLabels: {app: target}}
              ingress:

            """);
        for (var rule = 0; rule < count; rule++)
        {
            var (peer, port) = ruleOf(rule);
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{from: [{{{peer}}}], ports: [{{port: {port}}}]}}");
        }

        return new SourceText("rules.yaml", "rules.yaml", text.ToString());
    }

    private static string IpBlock(int rule) => $"ipBlock: {{cidr: {Remote(rule)}/32}}";

    private static string Pod(string name, IpAddress address) => $$$"""
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: {{{name}}}, namespace: default, labels: {app: {{{name}}}}}
        spec: {containers: [{name: c, image: example/app}]}
        status: {podIP: {{{address}}}}
        """;
}
