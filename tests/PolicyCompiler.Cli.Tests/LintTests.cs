using System.Text.Json;

namespace PolicyCompiler.Cli.Tests;

public sealed class LintTests
{
    private const string Shop = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: client}}}]
            ports: [{port: 80}]
          - from: [{podSelector: {matchLabels: {app: client}}}]
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}}}

        """;

    [Fact]
    public void FindingsAreLinesAndWarningsFailOnDemand()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("shop.yaml", Shop);
        var result = PolicycProcess.Run("lint", file);
        Assert.Equal((0, "1 warning\n"), (result.ExitCode, result.Output));
        Assert.Equal(
            $"{file}(7,5): warning NP8001: NetworkPolicy shop/web ingress[0] is redundant: NetworkPolicy shop/web ingress[1] ({file}:9) "
                + "says the same of all that it matches, whatever pods there are\n",
            result.Error);
        Assert.Equal(1, PolicycProcess.Run("lint", file, "--warnaserror").ExitCode);
    }

    [Fact]
    public void TheJsonHasTheProof()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("lint", folder.File("shop.yaml", Shop), "--format", "json");
        var finding = JsonDocument.Parse(result.Output).RootElement.GetProperty("diagnostics").EnumerateArray().Single();
        Assert.Equal("NP8001", finding.GetProperty("code").GetString());
        var proof = finding.GetProperty("proof");
        Assert.Equal("any-pods", proof.GetProperty("scope").GetString());
        Assert.Equal("ingress[1]", proof.GetProperty("by").EnumerateArray().Single().GetProperty("rule").GetString());
    }

    [Fact]
    public void TheConfigurationIsLookedForAroundTheInput()
    {
        using var folder = new TemporaryFolder();
        var inner = Directory.CreateDirectory(Path.Combine(folder.Path, "inner")).FullName;
        File.WriteAllText(Path.Combine(inner, "shop.yaml"), Shop);
        folder.File(".policyc.yaml", "lint: {severity: {NP8001: error}}\n");
        Assert.Equal(1, PolicycProcess.Run("lint", inner).ExitCode);
        Assert.Equal(0, PolicycProcess.Run("lint", inner, "--config", folder.File("other.yaml", "lint: {severity: {NP8001: off}}\n")).ExitCode);
        var wrong = PolicycProcess.Run("lint", inner, "--config", folder.File("wrong.yaml", "lint: {severty: {NP8001: off}}\n"));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("wrong.yaml(1,8): error NP1050", wrong.Error, StringComparison.Ordinal);
        var missing = PolicycProcess.Run("lint", inner, "--config", Path.Combine(folder.Path, "none.yaml"));
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("NP0001", missing.Error, StringComparison.Ordinal);
        Assert.Equal(0, PolicycProcess.Run("lint", inner, "--config", "none").ExitCode);
    }

    [Fact]
    public void TheConfigurationIsNoInput()
    {
        using var folder = new TemporaryFolder();
        folder.File("shop.yaml", Shop);
        folder.File(".policyc.yaml", "lint: {severity: {NP8001: off}}\n");
        var result = PolicycProcess.Run("lint", folder.Path);
        Assert.Equal((0, "no findings\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void FixingKeepsTheByteOrderMarkAndTheRest()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("shop.yaml", "\ufeff" + Shop);
        var result = PolicycProcess.Run("lint", file, "--fix");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"deleted NetworkPolicy shop/web ingress[0] ({file}:7): NP8001\nwrote {file}: no decision has changed\n1 mended\n", result.Output);
        Assert.Equal("", result.Error);
        var lines = Shop.Split('\n').ToList();
        lines.RemoveRange(6, 2);
        Assert.Equal("\ufeff" + string.Join('\n', lines), File.ReadAllBytes(file) is var bytes ? System.Text.Encoding.UTF8.GetString(bytes) : "");
        Assert.Equal([file], Directory.GetFiles(folder.Path));
        Assert.Equal("no findings\n", PolicycProcess.Run("lint", file).Output);
    }

    [Fact]
    public void StandardInputIsNotMended()
    {
        var result = PolicycProcess.Run(["lint", "-", "--fix"], Shop);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("NP8910", result.Error, StringComparison.Ordinal);
    }
}
