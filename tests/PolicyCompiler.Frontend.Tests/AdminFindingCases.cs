using static PolicyCompiler.Frontend.Tests.Reading;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>What the resource definitions of the policy.networking.k8s.io kinds refuse, and what only strict reading refuses.</summary>
internal static class AdminFindingCases
{
    private const string Every = "[{namespaces: {}}]";

    public static readonly FindingCase[] All =
    [
        new("NP1301", Anp("  ingress: []").Replace("metadata:", "metadata:\n  namespace: §shop", StringComparison.Ordinal)),
        new("NP1301", Cnp("  ingress: []").Replace("metadata:", "metadata:\n  namespace: §shop", StringComparison.Ordinal)),
        new("NP1302", Banp("  ingress: []").Replace("name: default", "name: §base", StringComparison.Ordinal)),
        new("NP1030", "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: §{}\nspec: {priority: 1, subject: {namespaces: {}}}"),
        new("NP1303", "§apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: p}"),
        new("NP1303", Spec("AdminNetworkPolicy", "v1alpha1", "§{subject: {namespaces: {}}}")),
        new("NP1303", Spec("AdminNetworkPolicy", "v1alpha1", "§{priority: 1}")),
        new("NP1303", Spec("ClusterNetworkPolicy", "v1alpha2", "§{priority: 1, subject: {namespaces: {}}}")),
        new("NP1303", Spec("ClusterNetworkPolicy", "v1alpha2", "§{tier: Admin, subject: {namespaces: {}}}")),
        new("NP1303", Spec("BaselineAdminNetworkPolicy", "v1alpha1", "§{ingress: []}", "default")),
        new("NP1303", Anp($"  ingress:\n  - §{{from: {Every}}}")),
        new("NP1303", Anp("  ingress:\n  - §{action: Allow}")),
        new("NP1303", Anp("  egress:\n  - §{action: Allow, to: null}")),
        new("NP1303", Anp("  egress:\n  - §action: Allow\n    to:")),
        new("NP1303", Cnp("  ingress: [{action: Deny, from: [{pods: §{}}]}]")),
        new("NP1303", Cnp("  ingress: [{action: Deny, from: [{pods: §{namespaceSelector: {}}}]}]")),
        new("NP1303", Port("{portNumber: §{protocol: UDP}}")),
        new("NP1303", Port("{portRange: §{start: 1}}")),
        new("NP1303", Port("{portRange: §{end: 1}}")),
        new("NP1303", Protocol("{tcp: §{}}")),
        new("NP1303", Protocol("{tcp: {destinationPort: {range: §{start: 1}}}}")),
        new("NP1304", Priority("§-1")),
        new("NP1304", Priority("§1001")),
        new("NP1304", Priority("§99999999999999999999")),
        new("NP1054", Priority("§\"10\"")),
        new("NP1054", Priority("§1.5")),
        new("NP1050", Banp("  §priority: 1")),
        new("NP1050", Anp("  §tier: Admin")),
        new("NP1305", Spec("ClusterNetworkPolicy", "v1alpha2", "{tier: §admin, priority: 1, subject: {namespaces: {}}}")),
        new("NP1305", Spec("ClusterNetworkPolicy", "v1alpha2", "{tier: §NetworkPolicy, priority: 1, subject: {namespaces: {}}}")),
        new("NP1306", Anp($"  ingress: [{{action: §Accept, from: {Every}}}]")),
        new("NP1306", Anp($"  ingress: [{{action: §deny, from: {Every}}}]")),
        new("NP1306", Anp($"  ingress: [{{action: §\"\", from: {Every}}}]")),
        new("NP1306", Cnp($"  ingress: [{{action: §Allow, from: {Every}}}]")),
        new("NP1306", Banp($"  ingress: [{{action: §Pass, from: {Every}}}]")),
        new("NP1307", Spec("AdminNetworkPolicy", "v1alpha1", "{priority: 1, subject: §{}}")),
        new("NP1307", From("§{}")),
        new("NP1307", From("§null")),
        new("NP1307", From("§{namespaces: null}")),
        new("NP1307", Port("§{}")),
        new("NP1307", Protocol("§{}")),
        new("NP1307", Protocol("{udp: {destinationPort: §{}}}")),
        new("NP1308", Spec("AdminNetworkPolicy", "v1alpha1", "{priority: 1, subject: {namespaces: {}, pods: §{namespaceSelector: {}, podSelector: {}}}}")),
        new("NP1308", From("{pods: §{namespaceSelector: {}, podSelector: {}}, namespaces: {}}")),
        new("NP1308", To("{networks: §[10.0.0.0/8], namespaces: {}}")),
        new("NP1308", Port("{portNumber: {port: 1}, namedPort: §http}")),
        new("NP1308", Protocol("{tcp: {destinationPort: {number: 1}}, udp: §{destinationPort: {number: 1}}}")),
        new("NP1308", Protocol("{tcp: {destinationPort: {number: 1, range: §{start: 1, end: 2}}}}")),
        new("NP1309", Anp("  ingress: [{action: Allow, from: §[]}]")),
        new("NP1309", Cnp("  egress: [{action: Accept, to: §[]}]")),
        new("NP1309", Anp($"  ingress: [{{action: Allow, from: {Every}, ports: §[]}}]")),
        new("NP1309", Cnp($"  ingress: [{{action: Accept, from: {Every}, protocols: §[]}}]")),
        new("NP1309", To("{networks: §[]}")),
        new("NP1309", To("{domainNames: §[]}")),
        new("NP1310", Anp($"  ingress: §[{Repeat($"{{action: Allow, from: {Every}}}", 101)}]")),
        new("NP1310", Cnp($"  egress: §[{Repeat($"{{action: Deny, to: {Every}}}", 26)}]")),
        new("NP1310", Anp($"  egress: [{{action: Allow, to: §[{Repeat("{namespaces: {}}", 101)}]}}]")),
        new("NP1310", Cnp($"  ingress: [{{action: Accept, from: §[{Repeat("{namespaces: {}}", 26)}]}}]")),
        new("NP1310", Anp($"  egress: [{{action: Allow, to: {Every}, ports: §[{Repeat("{namedPort: a}", 101)}]}}]")),
        new("NP1310", Cnp($"  egress: [{{action: Accept, to: {Every}, protocols: §[{Repeat("{destinationNamedPort: a}", 26)}]}}]")),
        new("NP1310", To($"{{networks: §[{string.Join(", ", Enumerable.Range(0, 26).Select(i => $"10.{i}.0.0/16"))}]}}")),
        new("NP1310", To($"{{domainNames: §[{string.Join(", ", Enumerable.Range(0, 26).Select(i => $"a{i}.example.com"))}]}}")),
        new("NP1311", Anp($"  ingress: [{{name: §{new string('a', 101)}, action: Allow, from: {Every}}}]")),
        new("NP1312", From("{networks: §[10.0.0.0/8]}")),
        new("NP1312", From("{nodes: §{}}")),
        new("NP1312", Cnp("  ingress: [{action: Accept, from: [{domainNames: §[example.com]}]}]")),
        new("NP1313", To("{networks: [10.0.0.0/8, §10.0.0.0/8]}")),
        new("NP1313", To("{domainNames: [a.b, c.d, §a.b]}")),
        new("NP1112", To("{networks: [§zc00::/8]}")),
        new("NP1112", To("{networks: [§10.0.0.1]}")),
        new("NP1112", To("{networks: [§\"64:ff9b::1.2.3.0/120\"]}")),
        new("NP1112", ClusterTo("{networks: [§\"0064:ff9b:0000:0000:0000:0000:255.255.255.255/128\"]}")),
        new("NP1115", To("{networks: [§10.1.2.3/8]}")),
        new("NP1052", To("{networks: [§10]}")),
        new("NP1051", To("{networks: §10.0.0.0/8}")),
        new("NP1314", To("{domainNames: [§example]}")),
        new("NP1314", To("{domainNames: [§\"*\"]}")),
        new("NP1314", To("{domainNames: [§\"*.com\"]}")),
        new("NP1314", To("{domainNames: [§\"a.*.com\"]}")),
        new("NP1314", To("{domainNames: [§\"**.example.com\"]}")),
        new("NP1314", To("{domainNames: [§\"\"]}")),
        new("NP1314", To("{domainNames: [§a..b]}")),
        new("NP1314", To("{domainNames: [§_a.example.com]}")),
        new("NP1314", To("{domainNames: [§a.example-.com]}")),
        new("NP1314", To("{domainNames: [§exa^mple.com]}")),
        new("NP1314", To($"{{domainNames: [§{new string('a', 64)}.com]}}")),
        new("NP1314", To($"{{domainNames: [§{Repeat("abcdefghi", 26, ".")}]}}")),
        new("NP1315", Anp("  egress: [{action: Deny, to: [{domainNames: §[example.com]}]}]")),
        new("NP1315", Cnp("  egress: [{action: Pass, to: [{domainNames: §[example.com]}]}]")),
        new("NP1316", Banp("  egress: [{action: Allow, to: [{domainNames: §[example.com]}]}]")),
        new("NP1316", Cnp("  egress: [{action: Accept, to: [{domainNames: §[example.com]}]}]").Replace("tier: Admin", "tier: Baseline", StringComparison.Ordinal)),
        new("NP1317", Anp("  egress: [{action: Allow, to: [{namespaces: {}}, {networks: [10.0.0.0/8]}], ports: [{portNumber: {port: 1}}, {namedPort: §http}]}]")),
        new("NP1317", Cnp("  egress: [{action: Accept, to: [{nodes: {}}], protocols: [{destinationNamedPort: §http}]}]")),
        new("NP1317", Cnp("  egress: [{action: Accept, to: [{domainNames: [a.b]}], protocols: [{destinationNamedPort: §http}]}]")),
        new("NP1318", Port("{portRange: §{start: 90, end: 80}}")),
        new("NP1318", Protocol("{tcp: {destinationPort: {range: §{start: 90, end: 80}}}}")),
        new("NP1318", Protocol("{sctp: {destinationPort: {range: §{start: 80, end: 80}}}}")),
        new("NP1319", Port("{portRange: §{start: 80, end: 80}}")),
        new("NP1320", From("{namespaces: {namespaceSelector: §{}}}")),
        new("NP1320", From("{pods: {namespaces: {namespaceSelector: §{}}, podSelector: {}}}")),
        new("NP1050", Cnp("  ingress: [{action: Accept, from: [{namespaces: {§namespaceSelector: {}}}]}]")),
        new("NP1050", From("{namespaces: {§sameLabels: [tenant]}}")),
        new("NP1050", Spec("AdminNetworkPolicy", "v1alpha1", "{priority: 1, subject: {namespaces: {§namespaceSelector: {}}}}")),
        new("NP1321", "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicyList\n§Items: []"),
        new("NP1322", Spec("AdminNetworkPolicy", "v1alpha1", "{priority: 1, subject: {pods: §{podSelector: {}}}}")),
        new("NP1322", From("{pods: §{namespaceSelector: {}}}")),
        new("NP1322 NP1320", From("{pods: §{namespaces: {namespaceSelector: §{}}}}")),
        new("NP1104", Port("{portNumber: {port: §0}}")),
        new("NP1104", Port("{portRange: {start: 1, end: §65536}}")),
        new("NP1104", Protocol("{tcp: {destinationPort: {number: §70000}}}")),
        new("NP1103", Port("{portNumber: {protocol: §tcp, port: 1}}")),
        new("NP1105", Port("{namedPort: §\"80\"}")),
        new("NP1105", Protocol("{destinationNamedPort: §\"\"}")),
        new("NP1050", Anp("  §ingres: []")),
        new("NP1050", From("{§namespace: {}}")),
        new("NP1050", From("{namespaces: {}, §services: {}}")),
        new("NP1050", Anp($"  ingress: [{{action: Allow, from: {Every}, §protocols: []}}]")),
        new("NP1050", Cnp($"  ingress: [{{action: Accept, from: {Every}, §ports: []}}]")),
        new("NP1050", Protocol("{§icmp: {}}")),
        new("NP1050", Protocol("{tcp: {destinationPort: {number: 1}, §sourcePort: {}}}")),
        new("NP1026", Anp("  ingress: []") + "---\n" + Anp("  ingress: []").Replace("name: p", "name: §p", StringComparison.Ordinal)),
        new("NP1024", "apiVersion: policy.networking.k8s.io/v1beta1\nkind: §ClusterNetworkPolicy"),
        new("NP1024", "apiVersion: policy.networking.k8s.io/v1alpha2\nkind: §AdminNetworkPolicy"),
        new("NP1024", "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: §ClusterNetworkPolicy"),
    ];

    private static string Priority(string value) => Spec("AdminNetworkPolicy", "v1alpha1", $"{{priority: {value}, subject: {{namespaces: {{}}}}}}");

    private static string From(string peer) => Anp($"  ingress:\n  - action: Allow\n    from:\n    - {peer}");

    private static string To(string peer) => Anp($"  egress:\n  - action: Allow\n    to:\n    - {peer}");

    private static string ClusterTo(string peer) => Cnp($"  egress:\n  - action: Accept\n    to:\n    - {peer}");

    private static string Port(string port) => Anp($"  ingress:\n  - action: Allow\n    from: {Every}\n    ports:\n    - {port}");

    private static string Protocol(string protocol) => Cnp($"  ingress:\n  - action: Accept\n    from: {Every}\n    protocols:\n    - {protocol}");

    private static string Repeat(string text, int count, string separator = ", ") => string.Join(separator, Enumerable.Repeat(text, count));

    private static string Spec(string kind, string version, string spec, string name = "p") =>
        $"apiVersion: policy.networking.k8s.io/{version}\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n";
}
