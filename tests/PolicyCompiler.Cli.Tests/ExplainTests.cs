using System.Diagnostics;
using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

public sealed class ExplainTests
{
    public static TheoryData<string> CasesWithFlows =>
        [.. Repository.ValidCases.Where(c => File.Exists(Path.Combine(Repository.CasePath(c), "flows.expect")))];

    /// <summary>The flows of every case, with the verdicts that were derived by hand.</summary>
    [Theory]
    [MemberData(nameof(CasesWithFlows))]
    public void EveryFlowOfTheCaseIsRight(string name)
    {
        using var folder = new TemporaryFolder();
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.CasePath(name), "flows.expect"))).RootElement.EnumerateArray().ToList();
        var questions = JsonSerializer.Serialize(expected.Select(f => f.EnumerateObject().Where(m => m.Name is not ("verdict" or "because" or "comment")).ToDictionary(m => m.Name, m => m.Value)));
        var inputs = Directory.EnumerateFiles(Repository.CasePath(name)).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json");
        var result = PolicycProcess.Run(["explain", .. inputs.Order(StringComparer.Ordinal), "--flows", folder.File("flows.json", questions), "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        var answers = JsonDocument.Parse(result.Output).RootElement.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(expected.Count, answers.Count);
        var wrong = expected.Zip(answers).Where(pair => pair.First.GetProperty("verdict").GetString() != pair.Second.GetProperty("verdict").GetString());
        Assert.Empty(wrong.Select(pair => $"{pair.First} but {pair.Second}"));
        var otherwise = expected.Zip(answers).Where(pair => pair.First.TryGetProperty("because", out var because) && !Reasons(pair.Second).Contains(because.GetString()));
        Assert.Empty(otherwise.Select(pair => $"{pair.First} but because {string.Join(" or ", Reasons(pair.Second))}"));
    }

    /// <summary>What the answer gives as reasons, in the words of the cases: <c>policy/ingress[0]</c>, <c>default-deny</c>...</summary>
    private static List<string?> Reasons(JsonElement answer) =>
    [
        .. new[] { answer.GetProperty("egress"), answer.GetProperty("ingress") }.SelectMany(side => side.GetProperty("reason").GetString() switch
        {
            "Rule" => side.GetProperty("matching").EnumerateArray().Select(m => $"{m.GetProperty("policy").GetString()!.Split('/')[^1]}/{m.GetProperty("rule").GetString()}"),
            "DefaultDeny" => ["default-deny"],
            "NotIsolated" => ["not-isolated"],
            "NodeLocal" => ["node-local"],
            "Loopback" => ["loopback"],
            _ => (IEnumerable<string?>)["not-enforced"],
        }),
    ];

    [Theory]
    [InlineData("name the destination port with --port")]
    [InlineData("name the destination port with --port", "--protocol", "udp")]
    [InlineData("name the type of the message with --port", "--protocol", "ICMP")]
    public void AFlowHasAPort(string message, params string[] protocol)
    {
        var result = PolicycProcess.Run(["explain", Repository.CasePath("online-boutique"), "--from", "shop/cart", "--to", "shop/redis", .. protocol]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(0, PolicycProcess.Run("explain", Repository.CasePath("online-boutique"), "--from", "shop/cart", "--to", "shop/redis", "--protocol", "47").ExitCode);
    }

    [Fact]
    public void AnAuthenticationThatAlwaysFailsIsNamed()
    {
        var result = PolicycProcess.Run("explain", Repository.CasePath("cilium-authentication"), "--from", "shop/client", "--to", "shop/web", "--port", "85", "--walk");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("denied by CiliumNetworkPolicy shop/web ingress[3]", result.Output, StringComparison.Ordinal);
        Assert.Contains("the rule asks for an authentication that always fails, so nothing that it matches passes", result.Output, StringComparison.Ordinal);
        Assert.Contains("denied: authentication always fails", result.Output, StringComparison.Ordinal);
        Assert.Contains("remove or narrow CiliumNetworkPolicy shop/web ingress[3]", result.Output, StringComparison.Ordinal);
    }

    /// <summary>A host-network pod without an address of its own has its node's, which its pods always accept.</summary>
    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void AHostNetworkPodIsItsNode(string family)
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("p.yaml", """
            apiVersion: v1
            kind: Node
            metadata: {name: n1}
            status: {addresses: [{type: InternalIP, address: 192.168.0.1}, {type: InternalIP, address: "fd01::1"}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: agent}
            spec: {hostNetwork: true, nodeName: n1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec: {nodeName: n1}
            status: {podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: none}
            spec: {podSelector: {}}
            """);
        var result = PolicycProcess.Run("explain", input, "--from", "default/agent", "--to", "default/web", "--port", "80", "--family", family);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("default/web always accepts its own node", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"from":"\ud800","to":"a/b","protocol":"TCP","port":80}]""")]
    [InlineData("""[{"from":"a/b"}]""")]
    [InlineData("""{"from":"a/b"}""")]
    [InlineData("[")]
    public void FlowsThatAreNoneAreAnError(string flows)
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("explain", Repository.CasePath("online-boutique"), "--flows", folder.File("flows.json", flows));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error NP", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("NP9001", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ADeniedFlowNamesWhoIsolatesAndWhatAlmostMatched()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("p.yaml", """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: web}}
              ingress:
              - from: [{podSelector: {matchLabels: {app: client}}}]
                ports: [{port: 80}]
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, status: {podIP: 10.0.0.1}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}}, status: {podIP: 10.0.0.2}}
            """);
        var denied = PolicycProcess.Run("explain", input, "--from", "shop/client", "--to", "shop/web", "--port", "81");
        Assert.Equal(0, denied.ExitCode);
        Assert.Contains("DENIED", denied.Output, StringComparison.Ordinal);
        Assert.Contains("isolated by NetworkPolicy shop/web", denied.Output, StringComparison.Ordinal);
        Assert.Contains("nearest is NetworkPolicy shop/web ingress[0]: the peer matches, the port does not: the rule wants TCP 80, the flow has TCP 81", denied.Output, StringComparison.Ordinal);
        Assert.Contains($"{input}:7", denied.Output, StringComparison.Ordinal);
        var allowed = PolicycProcess.Run("explain", input, "--from", "shop/client", "--to", "shop/web", "--port", "80");
        Assert.Contains("allowed by NetworkPolicy shop/web ingress[0]", allowed.Output, StringComparison.Ordinal);
    }

    /// <summary>What is suggested is done, word for word, and the flow is asked about again.</summary>
    [Fact]
    public void ASuggestedRuleAllowsTheFlow()
    {
        string[] pods =
        [
            "---\n{apiVersion: v1, kind: Namespace, metadata: {name: other}}\n",
            "---\n{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, status: {podIP: 10.0.0.1}}\n",
            "---\n{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: other, labels: {app: \"1\", pod-template-hash: x}}, status: {podIP: 10.0.0.2}}\n",
        ];
        string[] policies =
        [
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web, namespace: shop}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n",
            "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: web, namespace: shop}\nspec:\n  endpointSelector: {}\n  enableDefaultDeny: {ingress: true, egress: true}\n  egressDeny: [{toEntities: [host]}]\n  ingressDeny: [{fromEntities: [health]}]\n",
        ];
        string[][] flows =
        [
            ["--from", "other/client", "--to", "shop/web", "--port", "81"],
            ["--from", "ip:203.0.113.1", "--to", "shop/web", "--port", "81", "--protocol", "UDP"],
            ["--from", "ip:2001:db8::1", "--to", "shop/web", "--port", "128", "--protocol", "ICMPv6"],
            ["--from", "shop/web", "--to", "other/client", "--port", "5000", "--protocol", "SCTP"],
            ["--from", "shop/web", "--to", "ip:203.0.113.1", "--port", "8", "--protocol", "ICMP"],
        ];
        using var folder = new TemporaryFolder();
        foreach (var policy in policies)
        {
            foreach (var flow in flows)
            {
                var before = PolicycProcess.Run(["explain", folder.File("p.yaml", policy + string.Concat(pods)), .. flow, "--format", "json"]);
                var result = JsonDocument.Parse(before.Output).RootElement.GetProperty("results")[0];
                Assert.Equal("deny", result.GetProperty("verdict").GetString());
                var changed = policy;
                foreach (var direction in new[] { "egress", "ingress" }.Where(d => result.GetProperty(d).GetProperty("verdict").GetString() == "deny"))
                {
                    var yaml = result.GetProperty(direction).GetProperty("remedies").EnumerateArray().Single(r => r.GetProperty("kind").GetString() == "AddRule").GetProperty("yaml").GetString();
                    changed += $"  {direction}:\n  {yaml}\n";
                }

                var after = PolicycProcess.Run(["explain", folder.File("p.yaml", changed + string.Concat(pods)), .. flow]);
                Assert.True(after.ExitCode == 0 && after.Output.Contains("ALLOWED", StringComparison.Ordinal), $"{changed}\n{after.Output}{after.Error}");
            }
        }
    }

    [Fact]
    public void AWorkloadStandsForItsPodsAndDifferencesAreShown()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("p.yaml", """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop}
            spec:
              podSelector: {matchLabels: {track: canary}}
              ingress: []
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-5b-1, namespace: shop, labels: {pod-template-hash: 5b}, ownerReferences: [{kind: ReplicaSet, name: web-5b, controller: true}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-5b-2, namespace: shop, labels: {pod-template-hash: 5b}, ownerReferences: [{kind: ReplicaSet, name: web-5b, controller: true}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-5b-3, namespace: shop, labels: {pod-template-hash: 5b, track: canary}, ownerReferences: [{kind: ReplicaSet, name: web-5b, controller: true}]}}
            """);
        foreach (var name in new[] { "shop/web", "shop/web-5b" })
        {
            var result = PolicycProcess.Run("explain", input, "--from", "shop/client", "--to", name, "--port", "80");
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.Contains("PARTLY DENIED (1 of 3)", result.Output, StringComparison.Ordinal);
            Assert.Contains("shop/client -> shop/web-5b-1 TCP/80  ALLOWED\n  and shop/client -> shop/web-5b-2\n", result.Output, StringComparison.Ordinal);
            Assert.Contains("shop/client -> shop/web-5b-3 TCP/80  DENIED", result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheWalkNamesEveryStageAndRule()
    {
        string[] flow = ["explain", Repository.CasePath("all-kinds-together"), "--from", "shop/client", "--to", "shop/web", "--port", "80", "--walk"];
        var text = PolicycProcess.Run(flow);
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        foreach (var expected in new[]
        {
            "identity 257", "labels app=client",
            "1. admin tier: left to the next tier", "passes: AdminNetworkPolicy admin ingress[1]", "matches, too late: ClusterNetworkPolicy cluster ingress[0]",
            "2. deny rules: no deny rule matches", "3. allow rules: allowed", "matches too: NetworkPolicy shop/np ingress[0]", "replies  pass as part of the connection",
        })
        {
            Assert.Contains(expected, text.Output, StringComparison.Ordinal);
        }

        var json = JsonDocument.Parse(PolicycProcess.Run([.. flow, "--format", "json"]).Output).RootElement.GetProperty("results")[0];
        Assert.Equal("shop/client[Pod]", json.GetProperty("source").GetProperty("workload").GetString());
        var steps = json.GetProperty("ingress").GetProperty("walk").GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(["AdminTier", "DenyRules", "AllowRules"], steps.Select(s => s.GetProperty("stage").GetString()));
        Assert.Equal(
            ["NoMatch", "Passes", "Overruled"], steps[0].GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("role").GetString()));
    }

    [Fact]
    public void TheRuleIsShownWithWhatMatchesUnderlined()
    {
        var result = PolicycProcess.Run("explain", Repository.CasePath("all-kinds-together"), "--from", "shop/client", "--to", "shop/web", "--port", "81");
        Assert.Contains(
            """
                       39 |     toPorts: [{ports: [{port: "81", protocol: TCP}, {port: "9090", protocol: TCP}]}]
                          |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
            """,
            result.Output,
            StringComparison.Ordinal);
        Assert.Contains("to allow it: remove or narrow CiliumClusterwideNetworkPolicy wide ingressDeny[0]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TCP", "80", "(src host 10.0.0.2 and dst host 10.0.0.1 and tcp dst port 80) or (src host 10.0.0.1 and dst host 10.0.0.2 and tcp src port 80)")]
    [InlineData("ICMP", "8", "icmp and ((src host 10.0.0.2 and dst host 10.0.0.1) or (src host 10.0.0.1 and dst host 10.0.0.2))")]
    [InlineData("47", "0", "ip proto 47 and ((src host 10.0.0.2 and dst host 10.0.0.1) or (src host 10.0.0.1 and dst host 10.0.0.2))")]
    public void ACaptureFilterMatchesThePacketsOfTheFlow(string protocol, string port, string filter)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "flow.pcap");
        string[] flow = ["explain", Repository.CasePath("all-kinds-together"), "--from", "shop/client", "--to", "shop/web", "--port", port, "--protocol", protocol];
        var result = PolicycProcess.Run([.. flow, "--tcpdump", "--pcap", file]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"tcpdump -ni any '{filter}'", result.Output, StringComparison.Ordinal);
        Assert.Equal([file], Directory.EnumerateFiles(folder.Path));

        // The real tcpdump finds both packets in the file, which it can read.
        var (exitCode, packets) = Tcpdump("-r", file, "-n", filter);
        Assert.Equal((0, 2), (exitCode, packets));
        Assert.Equal((0, 0), Tcpdump("-r", file, "-n", $"not ({filter})"));
    }

    [Fact]
    public void AFlowWithoutAddressesHasNoPacket()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "flow.pcap");
        var result = PolicycProcess.Run("explain", Repository.CasePath("all-kinds-together"), "--from", "shop/client", "--to", "world", "--port", "80", "--pcap", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error NP0023", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        var unwritten = PolicycProcess.Run("explain", Repository.CasePath("all-kinds-together"), "--from", "shop/client", "--to", "shop/web", "--port", "80", "--pcap", Path.Combine(folder.Path, "none", "f"));
        Assert.Equal(1, unwritten.ExitCode);
        Assert.Contains("error NP0042", unwritten.Error, StringComparison.Ordinal);
    }

    private static (int ExitCode, int Lines) Tcpdump(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("tcpdump", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(l => l[0] != ' ' && l[0] != '\t');
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return (process.ExitCode, lines);
    }

    [Fact]
    public void TheKernelIsAskedToo()
    {
        KernelRequirement.Require();
        var result = PolicycProcess.Run("explain", Repository.CasePath("online-boutique"), "--flows", Path.Combine(Repository.CasePath("online-boutique"), "flows.expect"), "--in-kernel", "--format", "json");
        Assert.True(result.ExitCode == 0, result.Error);
        var sides = JsonDocument.Parse(result.Output).RootElement.GetProperty("results").EnumerateArray()
            .SelectMany(r => new[] { r.GetProperty("egress"), r.GetProperty("ingress") }).Where(s => s.TryGetProperty("kernelVerdict", out _)).ToList();
        Assert.NotEmpty(sides);
        Assert.All(sides, s => Assert.Equal(s.GetProperty("verdict").GetString(), s.GetProperty("kernelVerdict").GetString()));
    }

    [Theory]
    [InlineData("shop/nobody", "NP0011")]
    [InlineData("nobody", "NP0010")]
    [InlineData("ip:10.0.0.256", "NP0010")]
    public void AWrongReferenceIsExplained(string reference, string code)
    {
        var result = PolicycProcess.Run("explain", Repository.CasePath("online-boutique"), "--from", reference, "--to", "ip:203.0.113.1", "--port", "80");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }
}
