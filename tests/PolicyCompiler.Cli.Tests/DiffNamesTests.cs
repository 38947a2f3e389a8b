using System.Text.Json;

namespace PolicyCompiler.Cli.Tests;

/// <summary>What a report calls addresses where policies know names: a block changes, and another pod may reach some names.</summary>
public sealed class DiffNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>None of the combinations of names decides anything.</summary>
    [Fact]
    public void AddressesThatAreMeantWhateverTheirNamesAreARange()
    {
        var result = Diff(Web("ingress: [{fromCIDR: [192.0.2.0/25]}]"), Web("ingress: [{fromCIDR: [192.0.2.0/24]}]"));
        Assert.StartsWith("widened  all  denied -> allowed\n  from     192.0.2.128/25\n  to       shop/web[Pod]\n", result.Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse(Diff(Web("ingress: [{fromCIDR: [192.0.2.0/25]}]"), Web("ingress: [{fromCIDR: [192.0.2.0/24]}]"), "--format", "json").Output).RootElement;
        Assert.Equal(["192.0.2.128/25"], json.GetProperty("differences")[0].GetProperty("sources").EnumerateArray().Select(s => s.GetString()));
    }

    /// <summary>An address that has the allowed name too stays open.</summary>
    [Fact]
    public void RangesComeBeforeNamesAndFewNamesBeforeMany()
    {
        var result = Diff(
            Web("egress: [{toCIDR: [192.0.2.0/24]}, {toFQDNs: [{matchName: api.d.com}]}]"), Web("egress: [{toCIDR: [192.0.2.0/25]}, {toFQDNs: [{matchName: api.d.com}]}]"), "--format", "json");
        var ends = JsonDocument.Parse(result.Output).RootElement.GetProperty("differences")[0].GetProperty("destinations").EnumerateArray().Select(s => s.GetString()).ToList();
        Assert.Equal(
            [
                "192.0.2.128/25 without names", "names api.a.com in 192.0.2.128/25", "names api.b.com in 192.0.2.128/25", "names api.c.com in 192.0.2.128/25",
                "names api.a.com + api.b.com in 192.0.2.128/25", "names api.a.com + api.c.com in 192.0.2.128/25", "names api.b.com + api.c.com in 192.0.2.128/25",
                "names api.a.com + api.b.com + api.c.com in 192.0.2.128/25",
            ],
            ends);
    }

    [Theory]
    [InlineData("192.0.2.0/24", 0)]
    [InlineData("192.0.2.128/26", 1)]
    public void AnAllowedBlockTakesItsPartOfTheNames(string block, int exitCode)
    {
        var list = _folder.File("allow.txt", $"narrowed shop/web -> {block} # reviewed\n");
        var result = Diff(
            Web("egress: [{toCIDR: [192.0.2.0/24]}, {toFQDNs: [{matchName: api.d.com}]}]"), Web("egress: [{toCIDR: [192.0.2.0/25]}, {toFQDNs: [{matchName: api.d.com}]}]"), "--fail-on", "any", "--allow", list);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(exitCode == 1, result.Output.Contains("192.0.2.192/26 without names", StringComparison.Ordinal));
        Assert.Equal(exitCode == 1, result.Output.Contains("names api.a.com in 192.0.2.192/26", StringComparison.Ordinal));
    }

    private PolicycProcess.Result Diff(string old, string @new, params string[] options)
    {
        _folder.File("old.yaml", old);
        _folder.File("new.yaml", @new);
        _folder.File("cluster.yaml", """
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, status: {podIP: 10.0.0.1}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: crawler, namespace: shop, labels: {app: crawler}}, status: {podIP: 10.0.0.2}}
            ---
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: crawler, namespace: shop}
            spec:
              endpointSelector: {matchLabels: {app: crawler}}
              egress: [{toFQDNs: [{matchName: api.a.com}, {matchName: api.b.com}, {matchName: api.c.com}, {matchName: api.d.com}]}]
            """);
        return PolicycProcess.Run(["diff", "old.yaml", "new.yaml", "--with", "cluster.yaml", .. options], standardInput: "", _folder.Path);
    }

    private static string Web(string rules) => $$$"""
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {endpointSelector: {matchLabels: {app: web}}, {{{rules}}} }
        """;
}
