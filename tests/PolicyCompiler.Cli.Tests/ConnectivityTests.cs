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

    [Theory]
    [InlineData("compile", "CASE")]
    [InlineData("explain", "CASE", "--from", "shop/cart", "--to", "shop/redis")]
    [InlineData("verify", "CASE")]
    [InlineData("dump", "CASE")]
    public void OnlyConnectivityHasCsv(params string[] arguments)
    {
        var result = PolicycProcess.Run([.. arguments.Select(a => a == "CASE" ? Repository.CasePath("online-boutique") : a), "--format", "csv"]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"'{arguments[0]}' has no format 'csv'", result.Error, StringComparison.Ordinal);
    }
}
