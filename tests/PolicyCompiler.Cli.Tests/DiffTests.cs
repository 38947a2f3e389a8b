using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

public sealed class DiffTests : IDisposable
{
    internal const string Cluster = """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {metadata: {labels: {app: web}}}}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: cart, namespace: shop}, spec: {template: {metadata: {labels: {app: cart}}}}}
        ---
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: redis, namespace: shop}, spec: {template: {metadata: {labels: {app: redis}}}}}
        """;

    /// <summary>Pods that are not redis, whose replicas have flows to each other.</summary>
    internal const string Others = "{matchExpressions: [{key: app, operator: NotIn, values: [redis]}]}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheTextNamesFlowsAndRules()
    {
        var result = Diff(Policy("{app: cart}", 6379), Policy("{app: cart}", 6380));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            widened  TCP 6380  denied -> allowed
              from     shop/cart[Deployment]
              to       shop/redis[StatefulSet]
              ingress  before  denied by default, isolated by NetworkPolicy shop/redis  old.yaml:3
                       now     allowed by NetworkPolicy shop/redis ingress[0]  new.yaml:7
              flow     shop/cart -> shop/redis TCP/6380

            narrowed  TCP 6379  allowed -> denied
              from     shop/cart[Deployment]
              to       shop/redis[StatefulSet]
              ingress  before  allowed by NetworkPolicy shop/redis ingress[0]  old.yaml:7
                       now     denied by default, isolated by NetworkPolicy shop/redis  new.yaml:3
              flow     shop/cart -> shop/redis TCP/6379

            2 differences: 1 widened, 1 narrowed (12 classes of sources x 12 classes of destinations, every protocol and port; 3 workloads)

            """,
            result.Output);
    }

    [Fact]
    public void TheSameMeaningIsNoDifferenceInAnyFlow()
    {
        var result = Diff(Policy("{app: cart}", 6379), Policy("{app: cart}", 6379).Replace("name: redis", "name: other", StringComparison.Ordinal), "--fail-on", "any");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("no difference in any flow (12 classes of sources x 12 classes of destinations, every protocol and port; 3 workloads)\n", result.Output);
    }

    [Fact]
    public void TheJsonHasTheSame()
    {
        var json = JsonDocument.Parse(Diff(Policy("{app: cart}", 6379), Policy(Others, 6379), "--format", "json").Output).RootElement;
        Assert.Equal((1, 0, true), (json.GetProperty("summary").GetProperty("widened").GetInt32(), json.GetProperty("summary").GetProperty("narrowed").GetInt32(), json.GetProperty("summary").GetProperty("complete").GetBoolean()));
        var difference = json.GetProperty("differences").EnumerateArray().Single();
        Assert.Equal("shop/web[Deployment]", difference.GetProperty("sources")[0].GetString());
        Assert.Equal(("denied", "allowed", "TCP 6379"), (difference.GetProperty("before").GetString(), difference.GetProperty("after").GetString(), difference.GetProperty("ports").GetString()));
        var rule = difference.GetProperty("sides")[0].GetProperty("after").GetProperty("rules")[0];
        Assert.Equal(("shop/redis", "ingress[0]", 7), (rule.GetProperty("policy").GetString(), rule.GetProperty("rule").GetString(), rule.GetProperty("line").GetInt32()));
        Assert.Equal(("shop/web", "shop/redis", 6379), (difference.GetProperty("flow").GetProperty("from").GetString(), difference.GetProperty("flow").GetProperty("to").GetString(), difference.GetProperty("flow").GetProperty("port").GetInt32()));
    }

    [Fact]
    public void TheMarkdownIsATable()
    {
        var lines = Diff(Policy("{app: cart}", 6379), Policy(Others, 6379), "--format", "markdown").Output.Split('\n');
        Assert.StartsWith("**Network policies:** 1 difference: 1 widened (", lines[0], StringComparison.Ordinal);
        Assert.Equal("| | from | to | ports | before → now | because of | such as |", lines[2]);
        Assert.Equal(
            "| **widened** | `shop/web[Deployment]` | `shop/redis[StatefulSet]` | `TCP 6379` | denied → allowed | ingress: allowed by `NetworkPolicy shop/redis ingress[0]` (`new.yaml:7`) | `shop/web -> shop/redis TCP/6379` |",
            lines[4]);
    }

    [Theory]
    [InlineData("widened", 1)]
    [InlineData("any", 1)]
    [InlineData("narrowed", 0)]
    [InlineData("added", 0)]
    public void FailOnDecidesTheExitCode(string kind, int exitCode)
    {
        var result = Diff(Policy("{app: cart}", 6379), Policy(Others, 6379), "--fail-on", kind);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(exitCode == 1, result.Error.Contains($"error NP0056: 1 difference: 1 widened: --fail-on {kind} forbids that", StringComparison.Ordinal));
    }

    [Fact]
    public void AnAllowListToleratesFlows()
    {
        var list = _folder.File("allow.txt", "# seen\nwidened shop/web -> shop/redis on TCP 6379 # reviewed\nwidened shop/web -> shop/gone # old\n");
        var result = Diff(Policy("{app: cart}", 6379), Policy(Others, 6379), "--fail-on", "widened", "--allow", list);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("  allowed  reviewed\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("allow.txt(3,1): warning NP0058: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, Diff(Policy("{app: cart}", 6379), Policy(Others, 6379), "--allow", list, "--warnaserror").ExitCode);
        Assert.Contains("error NP0057: ", Diff(Policy("{app: cart}", 6379), Policy(Others, 6379), "--allow", _folder.File("bad.txt", "nonsense\n")).Error, StringComparison.Ordinal);
    }

    /// <summary>Two pods that may now reach each other: neither reaches itself.</summary>
    [Fact]
    public void AnAllowListNeedsNoFlowThatAPodHasToItself()
    {
        const string Pods = "{apiVersion: v1, kind: Pod, metadata: {name: x, namespace: shop, labels: {app: redis}}, status: {podIP: 10.0.0.1}}\n---\n"
            + "{apiVersion: v1, kind: Pod, metadata: {name: y, namespace: shop, labels: {app: redis}}, status: {podIP: 10.0.0.2}}\n---\n";
        var (old, @new) = (_folder.File("old.yaml", Pods + Policy("{app: cart}", 6379)), _folder.File("new.yaml", Pods + Policy("{app: redis}", 6379)));
        Assert.Equal(0, FailOn("any shop/x -> shop/y # one\nany shop/y -> shop/x # other\n").ExitCode);
        var one = FailOn("any shop/x -> shop/y # one\n");
        Assert.Equal(1, one.ExitCode);
        Assert.Contains("shop/y[Pod]", one.Output, StringComparison.Ordinal);
        // A workload without pods stands for several, which reach each other.
        var replicas = Diff(Policy("{app: cart}", 6379), Policy(Others, 6379).Replace(Others, "{}", StringComparison.Ordinal), "--fail-on", "any", "--allow", _folder.File("list.txt", "any shop/web -> shop/redis # one\n"));
        Assert.Contains("shop/redis[StatefulSet]", replicas.Error + replicas.Output, StringComparison.Ordinal);
        Assert.Equal(1, replicas.ExitCode);

        PolicycProcess.Result FailOn(string list) => PolicycProcess.Run("diff", old, @new, "--fail-on", "any", "--allow", _folder.File("list.txt", list));
    }

    [Fact]
    public void AWorkloadOfOneSideIsAddedOrRemoved()
    {
        var old = _folder.File("old.yaml", Cluster + "\n---\n" + Policy("{app: cart}", 6379));
        var without = _folder.File("new.yaml", string.Join("\n---\n", Cluster.Split("\n---\n")[..2]) + "\n---\n" + Policy("{app: cart}", 6379));
        var removed = PolicycProcess.Run("diff", old, without);
        Assert.DoesNotContain("narrowed", removed.Output, StringComparison.Ordinal);
        Assert.Contains("removed  TCP 6379  allowed -> no such end\n  from     shop/cart[Deployment]\n  to       shop/redis[StatefulSet]\n", removed.Output, StringComparison.Ordinal);
        Assert.Equal(0, PolicycProcess.Run("diff", without, old, "--fail-on", "widened").ExitCode);
        Assert.Equal(1, PolicycProcess.Run("diff", without, old, "--fail-on", "added").ExitCode);
    }

    /// <summary>A listing of pods has no Deployment; the ReplicaSet's name says which one it is.</summary>
    [Fact]
    public void ARolloutIsNoDifference()
    {
        var old = _folder.File("old.yaml", Pod("6b") + Policy("{app: web}", 6379));
        var @new = _folder.File("new.yaml", Pod("7c") + Policy("{app: web}", 6379));
        Assert.StartsWith("no difference in any flow", PolicycProcess.Run("diff", old, @new, "--fail-on", "any").Output, StringComparison.Ordinal);
        var changed = PolicycProcess.Run("diff", old, _folder.File("other.yaml", Pod("7c") + Policy("{app: web}", 6380))).Output;
        Assert.Contains("narrowed  TCP 6379  allowed -> denied\n  from     shop/web[Deployment]\n", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("no such end", changed, StringComparison.Ordinal);

        static string Pod(string hash) => $$$"""
            {apiVersion: v1, kind: Pod, metadata: {name: redis, namespace: shop, labels: {app: redis}}, status: {podIP: 10.0.0.1}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-{{{hash}}}-x, namespace: shop, labels: {app: web, pod-template-hash: {{{hash}}}, x: y}, ownerReferences: [{kind: ReplicaSet, name: web-{{{hash}}}, controller: true}]}, status: {podIP: 10.0.0.{{{hash[0]}}}, phase: Running}}
            ---

            """;
    }

    [Fact]
    public void RequestsThatPassOnOneSideOnlyAreNamed()
    {
        var policy = File.ReadAllText(Path.Combine(Repository.CasePath("cilium-http"), "policy.yaml"));
        var cluster = Path.Combine(Repository.CasePath("cilium-http"), "cluster.yaml");
        var (old, @new) = (_folder.File("old.yaml", policy), _folder.File("new.yaml", policy.Replace("method: GET", "method: PUT", StringComparison.Ordinal)));
        var result = PolicycProcess.Run("diff", old, @new, "--with", cluster);
        Assert.StartsWith("changed  TCP 80  allowed by 3 HTTP rules at ingress -> allowed by 3 HTTP rules at ingress\n", result.Output, StringComparison.Ordinal);
        // It is not proven that this widens nothing.
        Assert.Equal((1, 1, 0), (FailOn("widened"), FailOn("narrowed"), FailOn("added")));
        Assert.Contains("  lost     GET /public/.*\n  gained   PUT /public/.*\n", result.Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse(PolicycProcess.Run("diff", old, @new, "--with", cluster, "--format", "json").Output).RootElement.GetProperty("differences")[0];
        int FailOn(string kind) => PolicycProcess.Run("diff", old, @new, "--with", cluster, "--fail-on", kind).ExitCode;
        Assert.Equal(("GET /public/.*", "PUT /public/.*"), (json.GetProperty("requestsOnlyBefore")[0].GetString(), json.GetProperty("requestsOnlyAfter")[0].GetString()));
    }

    [Fact]
    public void ABundleIsASide()
    {
        var bundle = Path.Combine(_folder.Path, "bundle");
        Assert.Equal(0, PolicycProcess.Run("compile", Repository.CasePath("online-boutique"), "--verify", "none", "-o", bundle).ExitCode);
        Assert.StartsWith("no difference in any flow", PolicycProcess.Run("diff", bundle, Repository.CasePath("online-boutique")).Output, StringComparison.Ordinal);
        Assert.StartsWith("no difference in any flow", PolicycProcess.Run("diff", Repository.CasePath("online-boutique"), bundle).Output, StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(bundle, "endpoints.json"), " ");
        var changed = PolicycProcess.Run("diff", bundle, Repository.CasePath("online-boutique"));
        Assert.Equal((1, ""), (changed.ExitCode, changed.Output));
        Assert.Contains("NP7004", changed.Error, StringComparison.Ordinal);
    }

    /// <summary>A workload of which no pod is in the input stands for several.</summary>
    [Fact]
    public void ReplicasOfOneWorkloadHaveFlowsToEachOther()
    {
        var result = Diff(Policy("{app: cart}", 6379), Policy("{app: redis}", 6379));
        Assert.Contains("widened  TCP 6379  denied -> allowed\n  from     shop/redis[StatefulSet]\n  to       shop/redis[StatefulSet]\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  flow     shop/redis -> shop/redis TCP/6379\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutWorkloadsThereIsNothingToCompare()
    {
        var policy = _folder.File("policy.yaml", Policy("{app: cart}", 6379));
        var result = PolicycProcess.Run("diff", policy, policy);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("error NP0054: ", result.Error, StringComparison.Ordinal);
    }

    /// <summary>So many names have more combinations than are compared: an address may have several of them.</summary>
    [Theory]
    [InlineData(14, 15, true)]
    [InlineData(14, 14, false)]
    [InlineData(2, 3, false)]
    public void NamesThatAreNotComparedAreAGap(int old, int @new, bool isGap)
    {
        var result = Diff(Names(old), Names(@new));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(isGap, Diff(Names(old), Names(@new), "--fail-on", "removed").Error.Contains("error NP0055: ", StringComparison.Ordinal));
        Assert.Equal(isGap, result.Error.Contains("warning NP0055: ", StringComparison.Ordinal));
        Assert.Equal(isGap, result.Output.Contains("; not every name)", StringComparison.Ordinal));
        Assert.Equal(old == @new, result.Output.StartsWith("no difference in any flow", StringComparison.Ordinal));

        static string Names(int count) => $$"""
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: names, namespace: shop}
            spec:
              endpointSelector: {}
              egress: [{toFQDNs: [{{string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{matchName: n{i}.example}}"))}}]}]
            """;
    }

    [Theory]
    [InlineData("text", "widened  TCP 6380")]
    [InlineData("json", "{")]
    [InlineData("markdown", "**Network policies:**")]
    [InlineData("html", "<!DOCTYPE html>")]
    public void TheAnswerCanGoToAFile(string format, string start)
    {
        var file = Path.Combine(_folder.Path, "answer");
        var result = Diff(Policy("{app: cart}", 6379), Policy("{app: cart}", 6380), "--format", format, "-o", file);
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(start, File.ReadAllText(file), StringComparison.OrdinalIgnoreCase);
        var nowhere = Diff(Policy("{app: cart}", 6379), Policy("{app: cart}", 6380), "--format", format, "-o", Path.Combine(_folder.Path, "no", "folder"));
        Assert.Equal(1, nowhere.ExitCode);
        Assert.Contains("error NP0042: ", nowhere.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("one", "two", "three")]
    [InlineData("-", "-")]
    [InlineData("main", "--")]
    [InlineData("--", "policies")]
    public void OtherArgumentsNameNoTwoSides(params string[] operands)
    {
        var result = PolicycProcess.Run(["diff", .. operands]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("NP0000", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherCommandsHaveNoMarkdown()
    {
        var result = PolicycProcess.Run("verify", Repository.CasePath("online-boutique"), "--format", "markdown");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("'verify' has no format 'markdown'", result.Error, StringComparison.Ordinal);
    }

    internal static string Policy(string peers, int port) => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: redis, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: redis}}
          ingress:
          - from: [{podSelector: PEERS}]
            ports: [{port: PORT}]
        """.Replace("PEERS", peers == "{}" || peers == Others ? peers : $"{{matchLabels: {peers}}}", StringComparison.Ordinal).Replace("PORT", $"{port}", StringComparison.Ordinal);

    private PolicycProcess.Result Diff(string old, string @new, params string[] options)
    {
        _folder.File("old.yaml", old);
        _folder.File("new.yaml", @new);
        _folder.File("cluster.yaml", Cluster);
        return PolicycProcess.Run(["diff", "old.yaml", "new.yaml", "--with", "cluster.yaml", .. options], standardInput: "", _folder.Path);
    }
}
