using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

public sealed class ConnectivityTests
{
    private const string Shop = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress, Egress]
          ingress:
          - from: [{podSelector: {matchLabels: {app: client}}}]
            ports: [{port: 80}, {port: 8080, endPort: 8090}]
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {metadata: {labels: {app: web}}}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: client-1, namespace: shop, labels: {app: client}, ownerReferences: [{kind: ReplicaSet, name: client-5b, controller: true}]}
        """;

    [Fact]
    public void TheJsonIsOneDocumentOfRows()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("connectivity", folder.File("shop.yaml", Shop), "--format", "json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var rows = JsonDocument.Parse(result.Output).RootElement.GetProperty("connections").EnumerateArray().ToList();
        Assert.Equal(
            [
                "0.0.0.0-255.255.255.255[External] > shop/client-5b[ReplicaSet]: All Connections",
                "shop/client-5b[ReplicaSet] > 0.0.0.0-255.255.255.255[External]: All Connections",
                "shop/client-5b[ReplicaSet] > shop/web[Deployment]: TCP 80,8080-8090",
            ],
            rows.Select(r => $"{r.GetProperty("src")} > {r.GetProperty("dst")}: {r.GetProperty("conn")}"));
        Assert.All(rows, r => Assert.Equal(3, r.EnumerateObject().Count()));
    }

    [Fact]
    public void TheCsvQuotesWhatHasCommas()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("--format", "csv", "connectivity", folder.File("shop.yaml", Shop));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            src,dst,conn
            0.0.0.0-255.255.255.255[External],shop/client-5b[ReplicaSet],All Connections
            shop/client-5b[ReplicaSet],0.0.0.0-255.255.255.255[External],All Connections
            shop/client-5b[ReplicaSet],shop/web[Deployment],"TCP 80,8080-8090"

            """,
            result.Output);
    }

    [Fact]
    public void TheTextIsATableForEachSource()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("connectivity", folder.File("shop.yaml", Shop));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            0.0.0.0-255.255.255.255[External]  to 1 destination
              shop/client-5b[ReplicaSet]  All Connections

            shop/client-5b[ReplicaSet]  to 2 destinations
              0.0.0.0-255.255.255.255[External]  All Connections
              shop/web[Deployment]               TCP 80,8080-8090

            3 connections of 2 workloads

            """,
            result.Output);
    }

    /// <summary>What -o names may be a link or a device, such as /dev/null: it is written to, not replaced by a file.</summary>
    [Fact]
    public void ALinkStaysALink()
    {
        using var folder = new TemporaryFolder();
        var target = folder.File("target.csv", "before");
        var link = Path.Combine(folder.Path, "link.csv");
        File.CreateSymbolicLink(link, target);
        Assert.Equal(0, PolicycProcess.Run("connectivity", Repository.CasePath("services-are-translated"), "--format", "csv", "-o", link).ExitCode);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.StartsWith("src,dst,conn\n", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFiles(folder.Path).Count());
    }

    [Fact]
    public void ServicesAreListedOnDemand()
    {
        string[] arguments = ["connectivity", Repository.CasePath("services-are-translated"), "--services"];
        Assert.EndsWith(
            """
            shop/client[Pod]  to 1 service
              bank/ledger[Service]  TCP 80

            1 connection to services
            5 connections of 2 workloads

            """,
            PolicycProcess.Run(arguments).Output,
            StringComparison.Ordinal);
        Assert.EndsWith("\nshop/client[Pod],bank/ledger[Service],TCP 80,\n", PolicycProcess.Run([.. arguments, "--format", "csv"]).Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse(PolicycProcess.Run([.. arguments, "--format", "json"]).Output).RootElement;
        var row = json.GetProperty("services").EnumerateArray().Single();
        Assert.Equal(
            ["shop/client[Pod]", "bank/ledger[Service]", "TCP 80", ""],
            new[] { "src", "dst", "conn", "partly" }.Select(n => row.GetProperty(n).GetString()));
        Assert.Equal(5, json.GetProperty("connections").GetArrayLength());
    }

    [Fact]
    public void PodsThatDifferAreNamedOnDemand()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("shop.yaml", Shop + """

            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: client-2, namespace: shop, ownerReferences: [{kind: ReplicaSet, name: client-5b, controller: true}]}
            """);
        var quiet = PolicycProcess.Run("connectivity", input);
        Assert.Equal((0, ""), (quiet.ExitCode, quiet.Error));
        Assert.Contains("info NP0040: policies tell the pods of 1 workload apart, shop/client-5b[ReplicaSet]", PolicycProcess.Run("connectivity", input, "-v").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void LevelsArePodsAndNamespaces()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("shop.yaml", Shop);
        Assert.Contains("shop/client-1[Pod],shop/web[Deployment],\"TCP 80,8080-8090\"\n", PolicycProcess.Run("connectivity", input, "--level", "pod", "--format", "csv").Output, StringComparison.Ordinal);
        Assert.Equal(
            """
            src,dst,conn
            0.0.0.0-255.255.255.255[External],shop[Namespace],All Connections
            shop[Namespace],0.0.0.0-255.255.255.255[External],All Connections
            shop[Namespace],shop[Namespace],"TCP 80,8080-8090"

            """,
            PolicycProcess.Run("connectivity", input, "--level", "namespace", "--format", "csv").Output);
    }

    [Theory]
    [InlineData("shop/redis", null, "shop/cart[Deployment] > shop/redis[StatefulSet]", "shop/redis[StatefulSet] > kube-system/coredns-5d78c9869d-8vq4c[Pod]")]
    [InlineData("shop/redis[StatefulSet]", "in", "shop/cart[Deployment] > shop/redis[StatefulSet]")]
    [InlineData("shop/frontend-6d5f7c9b8d-h2x4q", "in", "edge/gateway-m4d9t[Pod] > shop/frontend-6d5f7c9b8d[ReplicaSet]", "edge/gateway-x7k2p[Pod] > shop/frontend-6d5f7c9b8d[ReplicaSet]", "observability/prometheus-0[Pod] > shop/frontend-6d5f7c9b8d[ReplicaSet]")]
    [InlineData("shop/redis", "out", "shop/redis[StatefulSet] > kube-system/coredns-5d78c9869d-8vq4c[Pod]")]
    [InlineData("ip:192.0.2.25", "in", "shop/email[Deployment] > 192.0.2.25-192.0.2.25[External]")]
    public void AFocusKeepsTheRowsWithItOnEitherEnd(string name, string? direction, params string[] expected)
    {
        var arguments = new[] { "connectivity", Repository.CasePath("online-boutique"), "--format", "json", "--focus", name };
        var result = PolicycProcess.Run([.. arguments, .. direction is null ? [] : new[] { "--direction", direction }]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var rows = JsonDocument.Parse(result.Output).RootElement.GetProperty("connections").EnumerateArray().Select(r => $"{r.GetProperty("src")} > {r.GetProperty("dst")}");
        Assert.Equal(expected, rows.Where(r => !r.StartsWith("kube-system/", StringComparison.Ordinal)));
    }

    [Fact]
    public void AFocusOnNothingIsAnError()
    {
        var result = PolicycProcess.Run("connectivity", Repository.CasePath("online-boutique"), "--focus", "shop/radis");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("policyc: error NP0041: no pod, workload, namespace or service is named 'shop/radis'", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Pods whose Deployment is known by the name of their ReplicaSet alone, a service in front of them, and a node.</summary>
    private const string Deployed = """
        {apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: NAME, namespace: shop}, spec: {clusterIP: 10.96.0.9, selector: {app: web}, ports: [{port: 80}]}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web-7d9-x, namespace: shop, labels: {app: web, pod-template-hash: 7d9}, ownerReferences: [{kind: ReplicaSet, name: web-7d9, controller: true}]}
        status: {podIP: 10.0.0.1}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: other, namespace: shop}, status: {podIP: 10.0.0.2}}

        """;

    /// <summary>The two ranges of the outside are the destinations and sources of every pod; they are in focus where an address of them is.</summary>
    [Theory]
    [InlineData("web", "shop/web", "shop/web-7d9[ReplicaSet]")]
    [InlineData("web", "shop/web[Deployment]", "shop/web-7d9[ReplicaSet]")]
    [InlineData("front", "shop/front", "shop/web-7d9[ReplicaSet]")]
    [InlineData("front", "shop/front[Service]", "shop/web-7d9[ReplicaSet]")]
    [InlineData("front", "ip:10.96.0.9", "shop/web-7d9[ReplicaSet]")]
    [InlineData("front", "ip:10.0.0.1", "shop/web-7d9[ReplicaSet]")]
    [InlineData("front", "ip:192.0.2.1", "0.0.0.0-255.255.255.255[External]")]
    [InlineData("front", "ip:203.0.113.9", "0.0.0.0-255.255.255.255[External]")]
    public void AFocusIsWhatExplainFindsByTheName(string service, string name, string end)
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("shop.yaml", Deployed.Replace("NAME", service, StringComparison.Ordinal));
        var result = PolicycProcess.Run("connectivity", input, "--format", "csv", "--focus", name);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var rows = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.Contains(end, r, StringComparison.Ordinal));
    }

    [Fact]
    public void AServiceAndItsAddressAreInFocus()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("shop.yaml", Deployed.Replace("NAME", "web", StringComparison.Ordinal));
        foreach (var name in new[] { "shop/web", "ip:10.96.0.9" })
        {
            Assert.Contains(
                "shop/other[Pod],shop/web[Service],TCP 80,\n",
                PolicycProcess.Run("connectivity", input, "--format", "csv", "--services", "--focus", name, "--direction", "in").Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NamesWithoutAKnownAddressAreNamed()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("names.yaml", """
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: p, namespace: shop}
            spec:
              endpointSelector: {}
              egress: [{toFQDNs: [{matchName: a.example.org}, {matchPattern: '*.example.com'}], toPorts: [{ports: [{port: "443", protocol: TCP}]}]}]
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: x, namespace: shop}, status: {podIP: 10.0.0.1}}
            """);
        var records = folder.File("records.txt", "a.example.org 198.51.100.7\nb.example.com 198.51.100.8\n");
        Assert.EndsWith(
            """
            no row for what is open to names without a known address: *.example.com, a.example.org
              state addresses with --dns-records FILE, or ask for --exposure

            1 connection of 1 workload

            """,
            PolicycProcess.Run("connectivity", input).Output,
            StringComparison.Ordinal);
        Assert.Contains("info NP0044: no address is known of 2 names that egress rules open something to, *.example.com for one", PolicycProcess.Run("connectivity", input, "-v").Error, StringComparison.Ordinal);
        var unresolved = JsonDocument.Parse(PolicycProcess.Run("connectivity", input, "--format", "json").Output).RootElement.GetProperty("unresolved");
        Assert.Equal(["shop/x[Pod] > *.example.com", "shop/x[Pod] > a.example.org"], unresolved.EnumerateArray().Select(u => $"{u.GetProperty("src")} > {u.GetProperty("dst")}"));
        foreach (var option in new[] { new[] { "--exposure" }, ["--dns-records", records], ["--focus", "shop/x", "--direction", "in"], ["--port", "UDP/53"] })
        {
            Assert.DoesNotContain("without a known address", PolicycProcess.Run(["connectivity", input, .. option]).Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--direction goes with --focus", "--direction", "in")]
    [InlineData("'80' is no port", "--port", "80")]
    [InlineData("'ICMP' is no port", "--port", "ICMP")]
    [InlineData("'TCP/90-80' is no port", "--port", "TCP/90-80")]
    [InlineData("exposure has no place in this format", "--exposure", "--format", "csv")]
    public void WhatCannotBeAskedIsAUsageError(string message, params string[] options)
    {
        var result = PolicycProcess.Run(["connectivity", Repository.CasePath("online-boutique"), .. options]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheAskedPortsAreListed()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            """
            src,dst,conn
            0.0.0.0-255.255.255.255[External],shop/client-5b[ReplicaSet],"TCP 8085-9000,UDP 53"
            shop/client-5b[ReplicaSet],0.0.0.0-255.255.255.255[External],"TCP 8085-9000,UDP 53"
            shop/client-5b[ReplicaSet],shop/web[Deployment],TCP 8085-8090

            """,
            PolicycProcess.Run("connectivity", folder.File("shop.yaml", Shop), "--format", "csv", "--port", "TCP/8085-9000", "--port", "udp/53").Output);
    }

    [Fact]
    public void RulesAreNamedOnDemand()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("shop.yaml", Shop);
        string[] arguments = ["connectivity", input, "--focus", "shop/web", "--rules"];
        Assert.Equal(
            $"""
            shop/client-5b[ReplicaSet]  to 1 destination
              shop/web[Deployment]  TCP 80,8080-8090
                  egress   no policy isolates it
                  ingress  NetworkPolicy shop/web ingress[0] ({input}:8)

            1 connection of 2 workloads

            """,
            PolicycProcess.Run(arguments).Output);
        var row = JsonDocument.Parse(PolicycProcess.Run([.. arguments, "--format", "json"]).Output).RootElement.GetProperty("connections")[0];
        Assert.Equal("no policy isolates it", row.GetProperty("egress")[0].GetProperty("reason").GetString());
        var ingress = row.GetProperty("ingress")[0];
        Assert.Equal("TCP 80,8080-8090", ingress.GetProperty("conn").GetString());
        var rule = ingress.GetProperty("rules")[0];
        Assert.Equal(("shop/web", "NetworkPolicy", "ingress[0]", 8), (rule.GetProperty("policy").GetString(), rule.GetProperty("policyKind").GetString(), rule.GetProperty("rule").GetString(), rule.GetProperty("line").GetInt32()));
        Assert.Contains($",no policy isolates it,NetworkPolicy shop/web ingress[0] ({input}:8)\n", PolicycProcess.Run([.. arguments, "--format", "csv"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkdownIsATableThatNamesCannotBreak()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("shop.yaml", Shop.Replace("kind: ReplicaSet", "kind: '<i>|x'", StringComparison.Ordinal));
        Assert.Equal(
            """
            ## Connections

            | Source | Destination | Ports |
            |---|---|---|
            | shop/client-5b\[&lt;i&gt;\|x\] | shop/web\[Deployment\] | TCP 80,8080-8090 |

            """,
            PolicycProcess.Run("connectivity", input, "--format", "markdown", "--focus", "shop/web").Output);
    }

    [Fact]
    public void DotHasAClusterForEachNamespace()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("connectivity", folder.File("shop.yaml", Shop), "--format", "dot", "--rules");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("digraph connectivity {\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  subgraph \"cluster_shop\" {\n    label=\"shop\";", result.Output, StringComparison.Ordinal);
        Assert.Contains("    n0 [label=\"client-5b\\nReplicaSet\"];\n    n1 [label=\"web\\nDeployment\"];\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  n0 -> n1 [label=\"TCP 80,8080-8090\", tooltip=\"egress: no policy isolates it\\ningress: NetworkPolicy shop/web ingress[0] (", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileIsWrittenCompleteOrNotAtAll()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("shop.yaml", Shop);
        var output = folder.File("out.csv", "before");
        var result = PolicycProcess.Run("connectivity", input, "--format", "csv", "-o", output);
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.StartsWith("src,dst,conn\n", File.ReadAllText(output), StringComparison.Ordinal);
        Assert.Equal(["out.csv", "shop.yaml"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order());
        var failed = PolicycProcess.Run("connectivity", input, "-o", Path.Combine(folder.Path, "none", "out.csv"));
        Assert.Equal((1, ""), (failed.ExitCode, failed.Output));
        Assert.StartsWith("policyc: error NP0042: '", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ExposureIsToldOnDemand()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("shop.yaml", Shop);
        Assert.Equal(
            """
            shop/client-5b[ReplicaSet]  to 1 destination
              shop/web[Deployment]  TCP 80,8080-8090

            shop/web[Deployment]  is open
              from new pods app=client in namespace shop  TCP 80,8080-8090

            1 connection of 2 workloads

            """,
            PolicycProcess.Run("connectivity", input, "--exposure", "--focus", "shop/web").Output);
        var rows = JsonDocument.Parse(PolicycProcess.Run("connectivity", input, "--exposure", "--rules", "--format", "json").Output).RootElement.GetProperty("exposure").EnumerateArray().ToList();
        Assert.Equal(
            [
                "shop/client-5b[ReplicaSet] egress cluster All Connections False 0",
                "shop/client-5b[ReplicaSet] egress external All Connections False 0",
                "shop/client-5b[ReplicaSet] ingress cluster All Connections False 0",
                "shop/client-5b[ReplicaSet] ingress external All Connections False 0",
                "shop/web[Deployment] ingress selector TCP 80,8080-8090 True 1",
            ],
            rows.Select(r => $"{r.GetProperty("workload")} {r.GetProperty("direction")} {r.GetProperty("kind")} {r.GetProperty("conn")} {r.GetProperty("isolated")} {r.GetProperty("rules").GetArrayLength()}"));
        Assert.Contains("| shop/web\\[Deployment\\] | ingress | new pods app=client in namespace shop | TCP 80,8080-8090 |", PolicycProcess.Run("connectivity", input, "--exposure", "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compile", "CASE")]
    [InlineData("explain", "CASE", "--from", "shop/cart", "--to", "shop/redis", "--port", "1")]
    [InlineData("verify", "CASE")]
    [InlineData("dump", "CASE")]
    public void OnlyConnectivityHasListingFormats(params string[] arguments)
    {
        foreach (var format in new[] { "csv", "markdown", "dot", "html" })
        {
            AssertRefused(arguments, format);
        }
    }

    private static void AssertRefused(string[] arguments, string format)
    {
        var result = PolicycProcess.Run([.. arguments.Select(a => a == "CASE" ? Repository.CasePath("online-boutique") : a), "--format", format]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"'{arguments[0]}' has no format '{format}'", result.Error, StringComparison.Ordinal);
    }
}
