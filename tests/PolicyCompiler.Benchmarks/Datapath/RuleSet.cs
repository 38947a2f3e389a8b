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

    /// <summary>
    /// The same as <see cref="Pods"/>, with policies of every other kind on the endpoint: an admin tier that passes the
    /// measured packet on, Cilium rules that allow and deny, entities, and a baseline.
    /// </summary>
    public static SourceText EveryKind(int count)
    {
        const string Others = """
            ---
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: AdminNetworkPolicy
            metadata: {name: first}
            spec:
              priority: 1
              subject: {namespaces: {}}
              ingress:
              - {action: Pass, from: [{namespaces: {}}], ports: [{portRange: {start: 80, end: 87}}]}
              - {action: Deny, from: [{namespaces: {}}], ports: [{portNumber: {port: 22}}]}
            ---
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: second}
            spec:
              tier: Admin
              priority: 2
              subject: {namespaces: {}}
              ingress:
              - {action: Deny, from: [{namespaces: {}}], protocols: [{udp: {destinationPort: {number: 53}}}]}
            ---
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: BaselineAdminNetworkPolicy
            metadata: {name: default}
            spec:
              subject: {namespaces: {}}
              ingress:
              - {action: Deny, from: [{namespaces: {}}]}
            ---
            apiVersion: cilium.io/v2
            kind: CiliumClusterwideNetworkPolicy
            metadata: {name: wide}
            spec:
              endpointSelector: {}
              ingressDeny:
              - fromEntities: [world]
                toPorts: [{ports: [{port: "23", protocol: TCP}]}]
            ---
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: own, namespace: default}
            spec:
              endpointSelector: {matchLabels: {app: target}}
              ingress:
              - fromEntities: [remote-node]
              - fromCIDR: [192.0.2.0/24]
                toPorts: [{ports: [{port: "443", protocol: TCP}]}]

            """;
        var pods = Pods(count);
        return new SourceText(pods.Path, pods.LogicalPath, pods.Text + Others);
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
