using static PolicyCompiler.Frontend.Tests.Reading;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>What the API server refuses in a NetworkPolicy, and what only strict reading refuses.</summary>
internal static class PolicyFindingCases
{
    public static readonly FindingCase[] All =
    [
        new("NP1101", Policy("  policyTypes: §[Ingress, Egress, Ingress]")),
        new("NP1102", Policy("  policyTypes: [§ingress]")),
        new("NP1102", Policy("  policyTypes: [Ingress, §\"\"]")),
        new("NP1051", Policy("  policyTypes: §Ingress")),
        new("NP1103", Port("protocol: §tcp")),
        new("NP1103", Port("protocol: §ICMP, port: 1")),
        new("NP1052", Port("protocol: §6")),
        new("NP1104", Port("port: §0")),
        new("NP1104", Port("port: §-1")),
        new("NP1104", Port("port: §65536")),
        new("NP1104", Port("port: §99999999999999999999999")),
        new("NP1054", Port("port: §80.5")),
        new("NP1054", Port("port: §1e3")),
        new("NP1054", Port("port: §true")),
        new("NP1054", Port("port: §[80]")),
        new("NP1105", Port("port: §\"80\"")),
        new("NP1105", Port("port: §\"\"")),
        new("NP1105", Port("port: §HTTP")),
        new("NP1105", Port("port: §-http")),
        new("NP1105", Port("port: §a--b")),
        new("NP1105", Port("port: §name-of-16-chars")),
        new("NP1106", Port("port: 80, endPort: §79")),
        new("NP1107", Port("port: 80, endPort: §65536")),
        new("NP1107", Port("port: 80, endPort: §0")),
        new("NP1108", Port("port: http, endPort: §90")),
        new("NP1109", Port("endPort: §90")),
        new("NP1109", Port("port: null, endPort: §90")),
        new("NP1054", Port("port: 80, endPort: §\"90\"")),
        new("NP1110", From("§{}")),
        new("NP1110", From("§null")),
        new("NP1110", From("§{podSelector: null}")),
        new("NP1111", From("{podSelector: {}, ipBlock: §{cidr: 10.0.0.0/8}}")),
        new("NP1111", From("{ipBlock: §{cidr: 10.0.0.0/8}, namespaceSelector: {}}")),
        new("NP1112", Block("cidr: §10.0.0.1")),
        new("NP1112", Block("cidr: §10.0.0.0/33")),
        new("NP1112", Block("cidr: §10.00.0.0/8")),
        new("NP1112", Block("cidr: §\"::ffff:10.0.0.0/104\"")),
        new("NP1112", Block("cidr: §everyone")),
        new("NP1112", Block("cidr: 10.0.0.0/8, except: [§10.1.0.0]")),
        new("NP1113", Block("cidr: 10.0.0.0/8, except: [10.1.0.0/16, §10.0.0.0/8]")),
        new("NP1113", Block("cidr: 10.0.0.0/8, except: [§192.168.0.0/16]")),
        new("NP1113", Block("cidr: 10.0.0.0/8, except: [§0.0.0.0/0]")),
        new("NP1113", Block("cidr: 10.0.0.0/8, except: [§\"2001:db8::/32\"]")),
        new("NP1114", From("{ipBlock: §{}}")),
        new("NP1114", Block("cidr: §\"\"")),
        new("NP1115", Block("cidr: §10.1.2.3/8")),
        new("NP1115", Block("cidr: 10.0.0.0/8, except: [§10.1.2.3/16]")),
        new("NP1050", Policy("  §ingres: []")),
        new("NP1050", Policy("  ingress:\n  - §form: []")),
        new("NP1050", Policy("  egress:\n  - §from:\n    - podSelector: {}")),
        new("NP1050", Port("port: 80, §protocl: TCP")),
        new("NP1050", From("{§podselector: {}}")),
        new("NP1050", From("{podSelector: {§matchLabel: {a: b}}}")),
        new("NP1050", Block("cidr: 10.0.0.0/8, §excepts: []")),
        new("NP1050", Policy("  podSelector:\n    matchExpressions:\n    - {key: a, operator: Exists, §value: b}")),
        new("NP1050", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, §namspace: x}"),
        new("NP1050", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\n§specs: {}"),
        new("NP1051", Policy("  ingress: §{}")),
        new("NP1051", Policy("  ingress:\n  - §from")),
        new("NP1051", Policy("  ingress:\n  - from: §{podSelector: {}}")),
        new("NP1051", Policy("  podSelector: §[]")),
        new("NP1051", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: §none"),
        new("NP1052", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, annotations: {a: §true}}"),
        new("NP1131", Labels("§app@b: x")),
        new("NP1131", Labels("§/app: x")),
        new("NP1131", Labels("§Example.com/app: x")),
        new("NP1131", Labels("§\"\": x")),
        new("NP1131", Labels($"§{new string('a', 64)}: x")),
        new("NP1131", Expression("key: §a b, operator: Exists")),
        new("NP1132", Labels("app: §web server")),
        new("NP1132", Labels("app: §-web")),
        new("NP1132", Labels($"app: §{new string('a', 64)}")),
        new("NP1132", Expression("key: a, operator: In, values: [b, §c/d]")),
        new("NP1133", Expression("key: a, operator: §in, values: [b]")),
        new("NP1134", Expression("key: a, operator: NotIn, values: §[]")),
        new("NP1134", Policy("  podSelector:\n    matchExpressions:\n    - §key: a\n      operator: In")),
        new("NP1135", Expression("key: a, operator: Exists, values: §[b]")),
        new("NP1135", Expression("key: a, operator: DoesNotExist, values: §[b]")),
        new("NP1136", Policy("  podSelector:\n    matchExpressions:\n    - §key: a")),
        new("NP1137", Policy("  podSelector:\n    matchExpressions:\n    - §operator: Exists")),
        new("NP1052", Labels("canary: §yes")),
        new("NP1052", Labels("version: §1.10")),
        new("NP1052", Labels("version: §0x10")),
        new("NP1052", Expression("key: a, operator: In, values: [§1]")),
        new("NP1053", Labels("§n: x")),
        new("NP1053", Labels("§on: x")),
        new("NP1055", Labels("app: §y, other: n")),
        new("NP1104 NP1103 NP1050", Policy("  ingress:\n  - ports:\n    - port: §0\n      protocol: §X\n  §x: 1")),
    ];

    private static string Port(string port) => Policy($"  ingress:\n  - ports:\n    - {{{port}}}");

    private static string From(string peer) => Policy($"  ingress:\n  - from:\n    - {peer}");

    private static string Block(string block) => From($"{{ipBlock: {{{block}}}}}");

    private static string Labels(string labels) => Policy($"  podSelector: {{matchLabels: {{{labels}}}}}");

    private static string Expression(string expression) => Policy($"  podSelector:\n    matchExpressions:\n    - {{{expression}}}");
}
