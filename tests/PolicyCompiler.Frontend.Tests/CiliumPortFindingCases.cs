using static PolicyCompiler.Frontend.Tests.CiliumReading;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>What is wrong with ports, ICMP types and what Cilium rules ask of a proxy.</summary>
internal static class CiliumPortFindingCases
{
    private const string Http = "rules: {http: [{}]}";
    private const string Dns = "rules: {dns: [{matchPattern: \"*\"}]}";
    private const string Listener = "listener: §{envoyConfig: {name: a}, name: b}";

    public static readonly FindingCase[] All =
    [
        new("NP1241", Port("§protocol: TCP").Replace("{§", "§{", StringComparison.Ordinal)),
        new("NP1241", Port("port: §\"\"")),
        new("NP1241", Port("port: §null")),
        new("NP1052", Port("port: §80")),
        new("NP1242", Port("port: §\"080\"")),
        new("NP1242", Port("port: §\"65536\"")),
        new("NP1242", Port("port: §\"-1\"")),
        new("NP1242", Port("port: §a--b")),
        new("NP1242", Port("port: §name-of-16-chars")),
        new("NP1242", Port("port: §\"256\", protocol: ICMP")),
        new("NP1243", Port("port: \"80\", protocol: §HTTP")),
        new("NP1243", Port("port: \"80\", protocol: §\"6\"")),
        new("NP1243", Port("port: \"80\", protocol: §ICMPv4")),
        new("NP1244", Port("port: \"0\", protocol: §GRE")),
        new("NP1245", Ingress($"{{toPorts: [{{ports: §[{Many("port: \"80\"", 41)}]}}]}}")),
        new("NP1245", Ingress($"{{icmps: [{{fields: §[{Many("type: 8", 41)}]}}]}}")),
        new("NP1246", Port("port: \"80\", endPort: §79")),
        new("NP1247", Port("port: http, endPort: §90")),
        new("NP1247", Port("port: \"0\", endPort: §90")),
        new("NP1248", Port("port: \"80\", endPort: §65536")),
        new("NP1248", Port("port: \"80\", endPort: §-1")),
        new("NP1054", Port("port: \"80\", endPort: §\"90\"")),
        new("NP1050", Port("port: \"80\", §portocol: TCP")),
        new("NP1249", Ingress("{toPorts: [§{}]}")),
        new("NP1249", Ingress("{toPorts: [§{ports: []}]}")),
        new("NP1050", Ingress("{toPorts: [{ports: [{port: \"80\"}], §rule: {}}]}")),
        new("NP1250", Ingress("{toPorts: [{ports: [{port: \"80\"}]}], icmps: §[{fields: [{type: 8}]}]}")),
        new("NP1250", Item("egressDeny", "{toPorts: [{ports: [{port: \"80\"}]}], icmps: §[{fields: [{type: 8}]}]}")),
        new("NP1251", Icmp("family: §IPv5, type: 8")),
        new("NP1252", Icmp("type: §256")),
        new("NP1252", Icmp("type: §-1")),
        new("NP1252", Icmp("type: §\"256\"")),
        new("NP1252", Icmp("type: §PacketTooBig")),
        new("NP1252", Icmp("type: §echoRequest")),
        new("NP1252", Icmp("type: §[]")),
        new("NP1253", Icmp("§family: IPv4").Replace("{§", "§{", StringComparison.Ordinal)),
        new("NP1050", Icmp("type: 8, §code: 0")),
        new("NP1050", Ingress("{icmps: [{§types: [8]}]}")),
        new("NP1261", On("port: §\"0\", protocol: TCP", Http)),
        new("NP1261", On("port: §\"0\", protocol: UDP", Dns)),
        new("NP1261", Egress("{toPorts: [{rules: §{http: [{}]}}]}")),
        new("NP1261", Egress("{toPorts: [{rules: §{dns: [{matchPattern: \"*\"}]}}]}")),
        new("NP1262", On("port: \"80\", protocol: §UDP", Http)),
        new("NP1262", On("port: \"80\", protocol: §ANY", Http)),
        new("NP1262", On("§port: \"80\"", Http).Replace("{§", "§{", StringComparison.Ordinal)),
        new("NP1262", On("port: \"53\", protocol: §UDP", "rules: {dns: []}")),
        new("NP1263", Ingress("{toPorts: [{ports: [{port: \"53\"}], rules: {dns: §[{matchPattern: \"*\"}]}}]}")),
        new("NP1264", On("port: \"53\", endPort: §54", Dns)),
        new("NP1225", Proxy("rules: {dns: [§{}]}")),
        new("NP1226", Proxy("rules: {dns: [{matchName: §\"*\"}]}")),
        new("NP1265", Proxy("rules: {http: [{}], dns: §[{matchName: a}]}")),
        new("NP1265", Proxy("rules: {http: [], l7proto: §test}")),
        new("NP1266", Proxy("rules: {l7: §[{a: b}]}")),
        new("NP1266", Proxy("rules: {http: [{}], l7: §[]}")),
        new("NP1050", Proxy("rules: {§https: [{}]}")),
        new("NP1267", Host("ingress", "rules: {http: §[{}]}")),
        new("NP1267", Host("ingress", "rules: {dns: §[{matchName: a}]}")),
        new("NP1267", Host("egress", "rules: {http: §[{}]}")),
        new("NP1268", HttpRule("path: §\"(\"")),
        new("NP1268", HttpRule("method: §\"[\"")),
        new("NP1268", HttpRule("host: §\"a(?=b)\"")),
        new("NP1268", HttpRule("path: §\"(a)\\\\1\"")),
        new("NP1050", HttpRule("§url: a")),
        new("NP1269", HttpRule("headers: [§\"\"]")),
        new("NP1269", HttpRule("headerMatches: [§{value: a}]")),
        new("NP1269", HttpRule("headerMatches: [{name: §\"\"}]")),
        new("NP1270", HttpRule("headerMatches: [{name: a, mismatch: §log}]")),
        new("NP1050", HttpRule("headerMatches: [{name: a, §values: b}]")),
        new("NP1271", HttpRule("headerMatches: [{name: a, secret: §{}}]")),
        new("NP1271", Proxy("terminatingTLS: §{}")),
        new("NP1271", Proxy("originatingTLS: {secret: §{namespace: a}}")),
        new("NP1050", Proxy("originatingTLS: {secret: {name: a}, §ca: b}")),
        new("NP1050", Proxy("originatingTLS: {secret: {name: a, §key: b}}")),
        new("NP1272", Proxy("rules: {kafka: §[{topic: a}]}")),
        new("NP1272 NP1273", Proxy("rules: {kafka: §[{role: produce, apiKey: §fetch}]}")),
        new("NP1272 NP1274", Proxy("rules: {kafka: §[{role: §read}]}")),
        new("NP1272 NP1274", Proxy("rules: {kafka: §[{apiKey: §read}]}")),
        new("NP1272 NP1274", Proxy("rules: {kafka: §[{apiVersion: §\"-1\"}]}")),
        new("NP1272 NP1274", Proxy("rules: {kafka: §[{topic: §a b}]}")),
        new("NP1272 NP1050", Proxy("rules: {kafka: §[{§clientId: a}]}")),
        new("NP1275", Proxy("rules: {l7proto: test, l7: [{§\"\": a}]}")),
        new("NP1052", Proxy("rules: {l7proto: test, l7: [{a: §1}]}")),
        new("NP1276", Proxy("serverNames: §[a.b], " + Http)),
        new("NP1277", Proxy("serverNames: [a.b, §\"\"]")),
        new("NP1277", Proxy("serverNames: [§a*.b]")),
        new("NP1277", Proxy("serverNames: [§\"*\"]")),
        new("NP1278", Ingress($"{{toPorts: [{{ports: [{{port: \"80\"}}], {Listener}}}]}}")),
        new("NP1279", Proxy($"{Listener}, {Http}")),
        new("NP1280", Proxy("listener: §{name: a}")),
        new("NP1280", Proxy("listener: §{envoyConfig: {name: a}}")),
        new("NP1280", Proxy("listener: {envoyConfig: §{}, name: a}")),
        new("NP1281", Proxy("listener: {envoyConfig: {kind: §EnvoyConfig, name: a}, name: b}")),
        new("NP1281", Host("egress", "listener: {envoyConfig: {kind: §CiliumEnvoyConfig, name: a}, name: b}")),
        new("NP1282", Proxy("listener: {envoyConfig: {name: a}, name: b, priority: §0}")),
        new("NP1282", Proxy("listener: {envoyConfig: {name: a}, name: b, priority: §101}")),
        new("NP1050", Proxy("listener: {envoyConfig: {name: a, §namespace: c}, name: b}")),
    ];

    private static string Port(string port) => Ingress($"{{toPorts: [{{ports: [{{{port}}}]}}]}}");

    private static string On(string port, string rules) => Egress($"{{toPorts: [{{ports: [{{{port}}}], {rules}}}]}}");

    private static string Icmp(string field) => Ingress($"{{icmps: [{{fields: [{{{field}}}]}}]}}");

    private static string HttpRule(string rule) => Proxy($"rules: {{http: [{{{rule}}}]}}");

    private static string Host(string list, string fields) =>
        "apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: {name: p}\nspec:\n  nodeSelector: {}\n"
        + $"  {list}: [{{toPorts: [{{ports: [{{port: \"80\", protocol: TCP}}], {fields}}}]}}]";

    private static string Many(string item, int count) => string.Join(", ", Enumerable.Repeat($"{{{item}}}", count));
}
