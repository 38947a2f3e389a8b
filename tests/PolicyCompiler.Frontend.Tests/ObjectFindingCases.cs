using static PolicyCompiler.Frontend.Tests.Reading;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>Findings about the text, about what an object is, and about the objects of a cluster.</summary>
internal static class ObjectFindingCases
{
    private const string PolicyHead = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n";

    public static readonly FindingCase[] All =
    [
        new("NP1001", "a: b§: c"),
        new("NP1001", "§@apiVersion: v1\nkind: Pod"),
        new("NP1001 NP1021", "a: [1\n§---\n§apiVersion: v1"),
        new("NP1001", "a: b\nc: d§\0"),
        new("NP1001", "# comment\nkind: Pod\nspec:\n§\ta: b"),
        new("NP1002", Pod("a", "spec: §*x")),
        new("NP1002", Pod("a", "spec: &x {b: §*x}")),
        new("NP1006", Pod("a", "§metadata: {}")),
        new("NP1006", Policy("  podSelector: {matchLabels: {a: b, §a: c}}")),
        new("NP1007", Pod("a", "spec: {§[a]: b}")),
        new("NP1007", Pod("a", "spec: {§~: b}")),
        new("NP1008", Pod("a", "spec:\n  <<: §text")),
        new("NP1020", "§- apiVersion: v1\n  kind: Pod"),
        new("NP1020", "§text"),
        new("NP1028", "§pods: 3\nnamespaces: 2"),
        new("NP1021", "§apiVersion: v1\nkindt: PodList\nitems: []"),
        new("NP1021", "apiVersion: v1\nkind: List\nitems:\n- §apiVersion: v1"),
        new("NP1022", "§kind: Pod\nmetadata: {name: a}"),
        new("NP1023", "apiVersion: v1\nkind: §ConfigMap\n---\napiVersion: v1\nkind: ConfigMap"),
        new("NP1024", "apiVersion: extensions/v1beta1\nkind: §NetworkPolicy"),
        new("NP1024", "apiVersion: projectcalico.org/v3\nkind: §GlobalNetworkPolicy"),
        new("NP1024", "apiVersion: networking.k8s.io/v2\nkind: §NetworkPolicyList"),
        new("NP1025", "apiVersion: networking.k8s.io/v1\nkind: §NetworkPolcy"),
        new("NP1025", "apiVersion: networking.k8s.io/v1\nkind: §networkPolicy"),
        new("NP1026", Policy("  podSelector: {}") + "---\n" + Policy("  podSelector: {}").Replace("name: p", "name: §p", StringComparison.Ordinal)),
        new("NP1027", Pod("a") + "---\n" + Pod("§a")),
        new("NP1027", "apiVersion: v1\nkind: Node\nmetadata: {name: w}\n---\napiVersion: v1\nkind: Node\nmetadata: {name: §w}"),
        new("NP1030", "§" + PolicyHead),
        new("NP1030", PolicyHead + "metadata: §{namespace: x}"),
        new("NP1030", PolicyHead + "metadata: {name: §\"\"}"),
        new("NP1031", PolicyHead + "metadata: {generateName: §p-}"),
        new("NP1032", PolicyHead + "metadata: {name: §Web_1}"),
        new("NP1032", Pod("§a..b")),
        new("NP1033", PolicyHead + "metadata: {name: p, namespace: §a.b}"),
        new("NP1033", "apiVersion: v1\nkind: Namespace\nmetadata: {name: §a.b}"),
        new("NP1051", "apiVersion: v1\nkind: §[Pod]"),
        new("NP1131", "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {§a b: c}}"),
        new("NP1132", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {a: §b c}}"),
        new("NP1151", Pod("a", "status: {podIP: §10.0.0.256}")),
        new("NP1151", Pod("a", "status: {podIPs: [{ip: §\"10.0.0.01\"}]}")),
        new("NP1151", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: §x}"),
        new("NP1151", "apiVersion: v1\nkind: Node\nmetadata: {name: a}\nstatus: {addresses: [{type: InternalIP, address: §x}]}"),
        new("NP1151", "apiVersion: v1\nkind: Endpoints\nmetadata: {name: a}\nsubsets: [{addresses: [{ip: §x}]}]"),
        new("NP1152", Pod("a", "status: {podIP: 10.0.0.1}\n---") + Pod("b", "status: {podIP: §10.0.0.1}")),
        new("NP1153", Pod("a", "status: {podIPs: [{ip: 10.0.0.1}, {ip: §10.0.0.2}]}")),
        new("NP1154", Container("containerPort: §0")),
        new("NP1154", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: §70000}]}"),
        new("NP1054", Container("containerPort: §http")),
        new("NP1054", Container("containerPort: §\"80\"")),
        new("NP1155", Container("containerPort: 53, protocol: §udp")),
        new("NP1156", Container("containerPort: 80, name: §Http")),
        new("NP1157", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {kubernetes.io/metadata.name: §b}}"),
        new("NP1158", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: §a}"),
    ];

    private static string Container(string port) => Pod("a", $"spec: {{containers: [{{ports: [{{{port}}}]}}]}}");
}
