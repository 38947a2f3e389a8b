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

    [Fact]
    public void TheKernelIsAskedToo()
    {
        KernelRequirement.Require();
        var result = PolicycProcess.Run("explain", Repository.CasePath("online-boutique"), "--flows", Flows(), "--in-kernel", "--format", "json");
        Assert.True(result.ExitCode == 0, result.Error);
        var sides = JsonDocument.Parse(result.Output).RootElement.GetProperty("results").EnumerateArray()
            .SelectMany(r => new[] { r.GetProperty("egress"), r.GetProperty("ingress") }).Where(s => s.TryGetProperty("kernelVerdict", out _)).ToList();
        Assert.NotEmpty(sides);
        Assert.All(sides, s => Assert.Equal(s.GetProperty("verdict").GetString(), s.GetProperty("kernelVerdict").GetString()));

        static string Flows()
        {
            var file = Path.Combine(Path.GetTempPath(), $"policyc-flows-{Environment.ProcessId}.json");
            var flows = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.CasePath("online-boutique"), "flows.expect"))).RootElement.EnumerateArray();
            File.WriteAllText(file, JsonSerializer.Serialize(flows.Select(f => f.EnumerateObject().Where(m => m.Name is "from" or "to" or "protocol" or "port" or "family").ToDictionary(m => m.Name, m => m.Value))));
            return file;
        }
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
