using System.Text.Json;
using System.Xml.Linq;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

public sealed class TestCommandTests
{
    private const string Policies = """
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
        """;

    private const string Assertions = """
        test "good & <sound>" {
          allow from pod shop/client to pod shop/web on TCP 80
        }
        test "wrong: #1" {
          deny from pod shop/client to pod shop/web on TCP 79-81
          allow from pod shop/client to pod shop/web on TCP 80
        }
        test "elsewhere" {
          deny from optional pods in bank to pod shop/web
        }
        """;

    public static TheoryData<string> CasesWithAssertions => [.. Repository.ValidCases.Where(c => File.Exists(Path.Combine(Repository.CasePath(c), "flows.flow")))];

    [Theory]
    [MemberData(nameof(CasesWithAssertions))]
    public void TheAssertionsOfTheCaseHoldInTheKernelToo(string name)
    {
        KernelRequirement.Require();
        var result = PolicycProcess.Run("test", Repository.CasePath(name), "--in-kernel");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches("kernel: agrees on [0-9]+ decisions about [1-9][0-9]* witness flow", result.Output);
    }

    [Fact]
    public void TenCasesAtLeastHaveAssertions() => Assert.True(CasesWithAssertions.Count >= 10);

    [Fact]
    public void AFailureShowsAFlowAndWhyItIsDecidedSo()
    {
        using var folder = new TemporaryFolder();
        folder.File("p.yaml", Policies);
        var file = folder.File("t.flow", Assertions);
        var result = PolicycProcess.Run("test", folder.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("  ok       good & <sound>\n  FAILED   wrong: #1\n    line 5: deny from pod shop/client to pod shop/web on TCP 79-81\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("      shop/client -> shop/web TCP/80  ALLOWED\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("        ingress  allowed by NetworkPolicy shop/web ingress[0]\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("p.yaml:7\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(" 7 |   - from: [{podSelector: {matchLabels: {app: client}}}]\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  skipped  elsewhere\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("3 tests, 1 failed, 1 skipped; 4 assertions, 1 failed\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            $"{file}(5,3): error NP6101: deny from pod shop/client to pod shop/web on TCP 79-81: shop/client -> shop/web TCP/80 is allowed: egress not-isolated and ingress NetworkPolicy shop/web ingress[0]\n",
            result.Error);
    }

    [Theory]
    [InlineData("{app: redis}", true)]
    [InlineData("{app: cart}", false)]
    public void ReplicasOfOneWorkloadHaveFlowsToEachOther(string peers, bool reach)
    {
        using var folder = new TemporaryFolder();
        folder.File("cluster.yaml", DiffTests.Cluster);
        folder.File("redis.yaml", DiffTests.Policy(peers, 6379));
        folder.File("a.flow", $"test \"replicas\" {{\n  {(reach ? "allow" : "deny")} from workload shop/redis to workload shop/redis on TCP 6379\n}}\n");
        folder.File("b.flow", $"test \"nobody\" {{\n  only workload shop/cart may reach workload shop/redis on TCP 6379\n}}\n");
        var result = PolicycProcess.Run(["test", "."], "", folder.Path);
        Assert.Equal((reach ? 1 : 0, reach), (result.ExitCode, result.Error.Contains("shop/redis -> shop/redis TCP/6379 is allowed", StringComparison.Ordinal)));
        Assert.Contains("  ok       replicas\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void JsonHasTestsAssertionsAndTheCounterexample()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("test", folder.File("p.yaml", Policies), folder.File("t.flow", Assertions), "--format", "json");
        Assert.Equal(1, result.ExitCode);
        var root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((1, 1, 1, 1), (root.GetProperty("exitCode").GetInt32(), root.GetProperty("passed").GetInt32(), root.GetProperty("failed").GetInt32(), root.GetProperty("skipped").GetInt32()));
        var assertion = root.GetProperty("tests")[1].GetProperty("assertions")[0];
        Assert.Equal("failed", assertion.GetProperty("outcome").GetString());
        Assert.Equal("NP6101", assertion.GetProperty("diagnostics")[0].GetProperty("code").GetString());
        Assert.Equal(("allow", 80), (assertion.GetProperty("counterexample").GetProperty("verdict").GetString(), assertion.GetProperty("counterexample").GetProperty("port").GetInt32()));
    }

    /// <summary>What is wrong with a denial is the backend that can be reached.</summary>
    [Theory]
    [InlineData("deny from pod shop/client to service shop/web", "allow", "shop/web")]
    [InlineData("allow from pod shop/client to service shop/web", "deny", "shop/vault")]
    public void TheCounterexampleIsAboutTheBackendThatFails(string assertion, string verdict, string to)
    {
        using var folder = new TemporaryFolder();
        var cluster = Policies + """

            ---
            {apiVersion: v1, kind: Pod, metadata: {name: vault, namespace: shop, labels: {app: web, in: vault}}, status: {podIP: 10.0.0.0}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: egress, namespace: shop}, spec: {podSelector: {matchLabels: {app: client}}, egress: [{to: [{podSelector: {matchExpressions: [{key: in, operator: DoesNotExist}]}}]}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80}]}}
            """;
        var result = PolicycProcess.Run("test", folder.File("p.yaml", cluster), folder.File("t.flow", $"test \"t\" {{\n  {assertion}\n}}\n"), "--format", "json");
        var flow = JsonDocument.Parse(result.Output).RootElement.GetProperty("tests")[0].GetProperty("assertions")[0].GetProperty("counterexample");
        Assert.Equal((verdict, to), (flow.GetProperty("verdict").GetString(), flow.GetProperty("to").GetString()));
        Assert.Equal(2, flow.GetProperty("backends").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\nlet web = pods where app = web\n")]
    public void AFileThatAssertsNothingIsAWarning(string text)
    {
        using var folder = new TemporaryFolder();
        var (policies, file) = (folder.File("p.yaml", Policies), folder.File("t.flow", text));
        var result = PolicycProcess.Run("test", policies, "--assertions", file);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("t.flow(1,1): warning NP6008: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, PolicycProcess.Run("test", policies, "--assertions", file, "--warnaserror").ExitCode);
        Assert.Contains("warning NP6008: ", PolicycProcess.Run("compile", policies, "--assertions", file, "--verify", "none", "-o", Path.Combine(folder.Path, "out")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TapHasATestPointATest()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("t.flow", Assertions);
        var result = PolicycProcess.Run("test", folder.File("p.yaml", Policies), file, "--format=tap");
        Assert.Equal(1, result.ExitCode);
        var lines = result.Output.Split('\n');
        Assert.Equal(["TAP version 14", "1..3", $"ok 1 - {file}: good & <sound>", $"not ok 2 - {file}: wrong: \\#1", "  ---"], lines.Take(5));
        Assert.Equal(["  ...", $"ok 3 - {file}: elsewhere # SKIP an optional end is empty", ""], lines.TakeLast(3));
        Assert.Contains("        - \"shop/client -> shop/web TCP/80  ALLOWED\"", lines);
    }

    [Fact]
    public void JUnitXmlHasACaseATest()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("t.flow", Assertions);
        var report = Path.Combine(folder.Path, "junit.xml");
        Assert.Equal(1, PolicycProcess.Run("test", folder.File("p.yaml", Policies), file, "--junit", report).ExitCode);
        var suite = XDocument.Load(report).Root!.Element("testsuite")!;
        Assert.Equal((file, "3", "1", "1"), (suite.Attribute("name")!.Value, suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        var cases = suite.Elements("testcase").ToList();
        Assert.Equal(["good & <sound>", "wrong: #1", "elsewhere"], cases.Select(c => c.Attribute("name")!.Value));
        Assert.Contains("shop/client -> shop/web TCP/80  ALLOWED", cases[1].Element("failure")!.Value, StringComparison.Ordinal);
        Assert.NotNull(cases[2].Element("skipped"));
        Assert.Equal(3, Directory.EnumerateFiles(folder.Path).Count());
    }

    [Theory]
    [InlineData("NP6001", "p.yaml", "wrong.flow")]
    [InlineData("NP0000", "t.flow")]
    public void JUnitXmlOfARunThatDecidesNothingHasAnErrorWithTheReason(string code, params string[] paths)
    {
        using var folder = new TemporaryFolder();
        folder.File("p.yaml", Policies);
        folder.File("t.flow", Assertions);
        folder.File("wrong.flow", "test \"t\" {\n  alow from pods to pods\n}");
        var report = folder.File("junit.xml", "<testsuites />");
        Assert.NotEqual(0, PolicycProcess.Run(["test", .. paths.Select(p => Path.Combine(folder.Path, p)), "--junit", report]).ExitCode);
        var error = XDocument.Load(report).Root!.Element("testsuite")!.Element("testcase")!.Element("error")!;
        Assert.Equal(code, error.Attribute("type")!.Value);
        Assert.Contains($"error {code}: ", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportThatCannotBeWrittenIsAnError()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("test", Repository.CasePath("cilium-http"), "--junit", Path.Combine(folder.Path, "none", "junit.xml"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error NP0060", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnnotationsNameThePlaceAndEscapeWhatTheyMust()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("t,1.flow", "let unused = pods\n" + Assertions);
        var result = PolicycProcess.Run("test", folder.File("p.yaml", Policies), file, "--github");
        var place = file.Replace(",", "%2C", StringComparison.Ordinal);
        Assert.Contains($"::warning file={place},line=1,col=5,title=NP6004 Unused variable::no assertion uses", result.Error, StringComparison.Ordinal);
        Assert.Contains($"::error file={place},line=6,col=3,title=NP6101 Assertion failed::deny from", result.Error, StringComparison.Ordinal);
        string[] plain = ["test", folder.File("p.yaml", Policies), file];
        Assert.DoesNotContain("::error", PolicycProcess.Run(plain).Error, StringComparison.Ordinal);
        Assert.Contains("::error", PolicycProcess.Run(plain, "", onGitHub: true).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FindingsOfAFileKeepItFromBeingDecided()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("test", folder.File("p.yaml", Policies), folder.File("t.flow", "test \"t\" {\n  alow from pods to pods\n  deny from pods to bank\n}"), "--format", "json");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["NP6001", "NP6002"], JsonDocument.Parse(result.Output).RootElement.GetProperty("diagnostics").EnumerateArray().Select(d => d.GetProperty("code").GetString()));
    }

    [Fact]
    public void NamedFilesStandInForThoseThatWouldBeFound()
    {
        using var folder = new TemporaryFolder();
        folder.File("p.yaml", Policies);
        folder.File("t.flow", Assertions);
        var named = folder.File("named.txt", "test \"n\" { allow from pod shop/client to pod shop/web on TCP 80 }");
        var result = PolicycProcess.Run("test", folder.Path, "--assertions", named);
        Assert.Equal((0, $"{named}\n  ok       n\n\n1 test, 0 failed, 0 skipped; 1 assertion, 0 failed\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public void PoliciesAndAssertionsMayLieApart()
    {
        using var policies = new TemporaryFolder();
        using var assertions = new TemporaryFolder();
        policies.File("p.yaml", Policies);
        assertions.File("t.flow", "test \"n\" { allow from pod shop/client to pod shop/web on TCP 80 }");
        Assert.Equal(0, PolicycProcess.Run("test", policies.Path, assertions.Path).ExitCode);
        Assert.Contains("error NP0021", PolicycProcess.Run("test", policies.Path).Error, StringComparison.Ordinal);
        Assert.Equal(2, PolicycProcess.Run("test", assertions.Path).ExitCode);
        // To other commands assertions are no input.
        Assert.Contains("error NP0003", PolicycProcess.Run("connectivity", assertions.Path).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AWarningFailsOnlyWhereItIsAskedTo()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["test", folder.File("p.yaml", Policies), folder.File("t.flow", "let a = pods\ntest \"n\" { allow from pod shop/client to pod shop/web on TCP 80 }")];
        Assert.Equal(0, PolicycProcess.Run(arguments).ExitCode);
        Assert.Equal(1, PolicycProcess.Run([.. arguments, "--warnaserror"]).ExitCode);
    }
}
