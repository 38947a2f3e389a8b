using System.Text.Json;
using System.Xml.Linq;

namespace PolicyCompiler.Cli.Tests;

/// <summary>Lint, assertions and the comparison with an earlier state as conditions of a bundle.</summary>
public sealed class CompileGateTests : IDisposable
{
    private readonly GitRepository _repository = new();

    public CompileGateTests()
    {
        _repository.File("cluster.yaml", DiffTests.Cluster);
        _repository.File("policies/redis.yaml", DiffTests.Policy("{app: cart}", 6379));
        _repository.Commit("first");
        _repository.Git("tag", "first");
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void ABundleIsWrittenOnceAllConditionsHold()
    {
        _repository.File("intent.flow", "test \"cart\" {\n  allow from workload shop/cart to workload shop/redis on TCP 6379\n}\n");
        var result = Compile("--lint", "--assertions", "intent.flow", "--against", "first", "--fail-on", "any", "-o", "out");
        Assert.Equal((0, ""), (result.ExitCode, Errors(result)));
        Assert.Contains("  assertions  1 test, 0 failed, 0 skipped; 1 assertion, 0 failed\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  changes     no difference in any flow (", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_repository.Path, "out", "manifest.json")));
    }

    [Fact]
    public void AnAssertionThatDoesNotHoldKeepsTheBundleBack()
    {
        _repository.File("intent/deny.flow", "test \"cart\" {\n  deny from workload shop/cart to workload shop/redis on TCP 6379\n}\n");
        var result = Compile("--assertions", "intent", "--junit", "results.xml", "--summary", "summary.md", "-o", "out");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("intent/deny.flow(2,3): error NP6101: deny from workload shop/cart", Errors(result), StringComparison.Ordinal);
        Assert.Contains("      shop/cart -> shop/redis TCP/6379  ALLOWED\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 error; nothing was written\n", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_repository.Path, "out")));
        Assert.Contains("<failure", Read("results.xml"), StringComparison.Ordinal);
        var summary = Read("summary.md");
        Assert.Contains("\n**Assertions:** 1 test, 1 failed, 0 skipped; 1 assertion, 1 failed\n\n`intent/deny.flow:2` cart\n\n    deny from workload shop/cart", summary, StringComparison.Ordinal);
        Assert.Contains("\n    shop/cart -> shop/redis TCP/6379  ALLOWED\n", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void AWidenedFlowIsAnErrorAtTheRuleThatOpensIt()
    {
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379));
        var result = Compile("--against", "first", "--fail-on", "widened", "--summary", "summary.md", "--sarif", "policyc.sarif", "--changes", "changes.html", "-o", "out");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            """
            policies/redis.yaml(7,5): error NP0059: widened: TCP 6379 from shop/web[Deployment] to shop/redis[StatefulSet]: denied -> allowed, such as shop/web -> shop/redis TCP/6379
              ingress before: denied by default, isolated by NetworkPolicy shop/redis (first:policies/redis.yaml:3)
              ingress now: allowed by NetworkPolicy shop/redis ingress[0] (policies/redis.yaml:7)
            policyc: error NP0056: 1 difference: 1 widened: --fail-on widened forbids that
            """,
            Errors(result),
            StringComparison.Ordinal);
        Assert.StartsWith("widened  TCP 6379  denied -> allowed\n", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_repository.Path, "out")));
        Assert.Contains("\n**Network policies:** 1 difference: 1 widened (", Read("summary.md"), StringComparison.Ordinal);
        Assert.Contains("| **widened** | `shop/web[Deployment]` |", Read("summary.md"), StringComparison.Ordinal);
        Assert.Contains("policyc explain policies cluster.yaml", Read("changes.html"), StringComparison.Ordinal);
        Assert.Contains("\"NP0059\"", Read("policyc.sarif"), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoLongerHasNoLineToShow()
    {
        _repository.File("policies/redis.yaml", "");
        var result = Compile("--against", "first", "--fail-on", "widened");
        Assert.Contains("policyc: error NP0059: widened: ", Errors(result), StringComparison.Ordinal);
        Assert.Contains("isolated by NetworkPolicy shop/redis (first:policies/redis.yaml:3)\n", Errors(result), StringComparison.Ordinal);
    }

    /// <summary>Without the policies that isolate everything was open, and nothing could widen.</summary>
    [Theory]
    [InlineData("NP0052", "git mv policies moved; mkdir policies; cp moved/redis.yaml policies/other.yaml; git rm -rq moved --cached; mv policies deploy", "deploy")]
    [InlineData("NP0053", "mv policies/redis.yaml redis.yaml; ln -s ../redis.yaml policies/redis.yaml; git add .; git commit -qm link", "policies")]
    [InlineData("NP0053", "mv policies real; ln -s real policies; git add .; git commit -qm link", "policies")]
    [InlineData("NP0061", "git init -q policies/sub; git -C policies/sub -c user.name=a -c user.email=a@b commit -q --allow-empty -m a; git add policies; git commit -qm sub", "policies")]
    public void AnOldSideThatLacksPoliciesIsNoOldSide(string code, string commands, string path)
    {
        _repository.Shell($"git config user.name a; git config user.email a@b; {commands}");
        string[] arguments = ["compile", path, "--verify", "none", "--with", "cluster.yaml", "--against", "HEAD"];
        var gate = PolicycProcess.Run([.. arguments, "--fail-on", "widened"], "", _repository.Path);
        Assert.Equal(1, gate.ExitCode);
        Assert.Contains($"error {code}: ", gate.Error, StringComparison.Ordinal);
        var listing = PolicycProcess.Run(arguments, "", _repository.Path);
        Assert.Equal(0, listing.ExitCode);
        Assert.Contains($"warning {code}: ", listing.Error, StringComparison.Ordinal);
        var diff = PolicycProcess.Run(["diff", "HEAD", "--with", "cluster.yaml", "--fail-on", "widened", "--", path], "", _repository.Path);
        Assert.Equal(1, diff.ExitCode);
        Assert.Contains($"error {code}: ", diff.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOldPathsOfARenameCanBeNamed()
    {
        _repository.Shell("mv policies deploy");
        var result = PolicycProcess.Run(["compile", "deploy", "--verify", "none", "--with", "cluster.yaml", "--against", "first:policies", "--fail-on", "any"], "", _repository.Path);
        Assert.Equal(0, result.ExitCode);
    }

    /// <summary>All conditions are asked, whatever the others find; and a machine that lacks something hides nothing.</summary>
    [Fact]
    public void OtherErrorsDoNotHideWhatWidens()
    {
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379) + "\n  - from: [{podSelector: {matchLabels: {app: cart}}}]\n    ports: [{port: 6379}]\n");
        _repository.File(".policyc.yaml", "lint: {severity: {NP8001: error}}\n");
        var result = Compile("--lint", "--against", "first", "--fail-on", "widened");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error NP8001", result.Error, StringComparison.Ordinal);
        Assert.Contains("error NP0059", result.Error, StringComparison.Ordinal);
        _repository.File("before.yaml", DiffTests.Policy("{app: cart}", 6379));
        string At(string name) => Path.Combine(_repository.Path, name);
        var machine = PolicycProcess.RunUnprivileged("compile", At("policies"), "--with", At("cluster.yaml"), "--against", At("before.yaml"), "--fail-on", "widened");
        Assert.Equal(1, machine.ExitCode);
        Assert.Contains("error NP5002", machine.Error, StringComparison.Ordinal);
        Assert.Contains("error NP0059", machine.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ToleratedDifferencesPass()
    {
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379));
        _repository.File("tolerated.txt", "widened shop/web -> shop/redis # as agreed\nwidened a/b -> c/d # never\n");
        var result = Compile("--against", "first", "--fail-on", "widened", "--allow", "tolerated.txt");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("tolerated.txt(2,1): warning NP0058:", Errors(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("first...")]
    [InlineData("first:policies")]
    [InlineData("first...:policies")]
    public void TheEarlierStateIsARevisionOfThePaths(string old)
    {
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379));
        Assert.Contains("changes     1 difference: 1 widened", Compile("--against", old).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereTheRevisionWasLeftIsNotItsTip()
    {
        _repository.Git("checkout", "--quiet", "-b", "topic");
        _repository.File("policies/web.yaml", DiffTests.Policy("{}", 80).Replace("name: redis", "name: web", StringComparison.Ordinal));
        _repository.Commit("topic");
        _repository.Git("checkout", "--quiet", "main");
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379));
        _repository.Commit("main went on");
        _repository.Git("checkout", "--quiet", "topic");
        Assert.Contains("narrowed", Compile("--against", "main").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("narrowed", Compile("--against", "main...").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ABundleOrPathsAreAnEarlierStateToo()
    {
        Assert.Equal(0, Compile("--with", "cluster.yaml", "--against", "first", "-o", "old").ExitCode);
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379));
        Assert.Contains("changes     1 difference: 1 widened", Compile("--against", "old").Output, StringComparison.Ordinal);
        _repository.File("before/a.yaml", DiffTests.Policy("{app: cart}", 6379));
        _repository.File("before/b.yaml", DiffTests.Policy("{app: cart}", 6380).Replace("name: redis", "name: other", StringComparison.Ordinal));
        Assert.Contains("changes     2 differences: 1 widened, 1 narrowed", Compile("--against", "before/a.yaml", "--against", "before/b.yaml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void LintFindingsComeWithTheSeveritiesOfTheConfiguration()
    {
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379) + "\n  - from: [{podSelector: {matchLabels: {app: cart}}}]\n    ports: [{port: 6379}]\n");
        var plain = Compile();
        Assert.Equal((0, ""), (plain.ExitCode, Errors(plain)));
        var linted = Compile("--lint");
        Assert.Equal(0, linted.ExitCode);
        Assert.Contains("  lint        1 warning, ", linted.Output, StringComparison.Ordinal);
        Assert.Contains("warning NP8001: NetworkPolicy shop/redis ingress[1] is redundant", linted.Error, StringComparison.Ordinal);
        _repository.File("strict.yaml", "lint:\n  severity:\n    NP8001: error\n");
        var strict = Compile("--lint", "--config", "strict.yaml");
        Assert.Equal(1, strict.ExitCode);
        Assert.Contains("error NP8001", strict.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void JsonHasAssertionsAndDifferences()
    {
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379));
        _repository.File("intent.flow", "test \"web\" {\n  deny from workload shop/web to workload shop/redis\n}\n");
        var root = JsonDocument.Parse(Compile("--assertions", "intent.flow", "--against", "first", "--format", "json").Output).RootElement;
        Assert.Equal(1, root.GetProperty("assertions").GetProperty("failed").GetInt32());
        Assert.Equal("widened", root.GetProperty("diff").GetProperty("differences")[0].GetProperty("change").GetString());
        Assert.Equal("NP6101", root.GetProperty("diagnostics").EnumerateArray().First(d => d.GetProperty("severity").GetString() == "error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("--fail-on needs --against", "--fail-on", "any")]
    [InlineData("--allow needs --against", "--allow", "x")]
    [InlineData("--with needs --against", "--with", "x")]
    [InlineData("--changes needs --against", "--changes", "x")]
    [InlineData("--config needs --lint", "--config", "x")]
    [InlineData("--junit needs --assertions", "--junit", "x")]
    public void OptionsWithoutWhatTheyAreAboutAreRefused(string message, params string[] arguments)
    {
        var result = Compile(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NP0051", "--against", "no-such-revision")]
    [InlineData("NP0001", "--against", "first:policies", "--allow", "no-such-file")]
    [InlineData("NP0042", "--against", "first:policies", "--changes", "no-such-folder/changes.html")]
    [InlineData("NP0000", "--against", "first:policies", "--against", "cluster.yaml")]
    [InlineData("NP0002", "--assertions", "no-such-file.flow")]
    [InlineData("NP0021", "--assertions", "policies")]
    [InlineData("NP0001", "--lint", "--config", "no-such-file")]
    public void WhatCannotBeAskedFailsTheCompile(string code, params string[] arguments)
    {
        var result = Compile([.. arguments, "-o", "out"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_repository.Path, "out")));
    }

    [Fact]
    public void AWrongPolicyIsToldBeforeAnythingElse()
    {
        _repository.File("policies/redis.yaml", DiffTests.Policy("{app: cart}", 70000));
        var result = Compile("--lint", "--assertions", "no-such-file.flow", "--against", "first");
        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("no-such-file", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NP1104", 1)]
    [InlineData("NP6001", 1, "--assertions", "wrong.flow")]
    [InlineData("NP0000", 2, "--assertions", "intent.flow", "--fail-on", "any")]
    public void ResultsOfAnEarlierRunDoNotOutliveOneThatChecksNothing(string code, int exitCode, params string[] arguments)
    {
        _repository.File("intent.flow", "test \"cart\" {\n  allow from workload shop/cart to workload shop/redis on TCP 6379\n}\n");
        _repository.File("wrong.flow", "test \"cart\" {\n  alow from pods to pods\n}\n");
        Assert.Equal(0, Compile("--assertions", "intent.flow", "--junit", "results.xml").ExitCode);
        Assert.Equal("0", XDocument.Parse(Read("results.xml")).Root!.Attribute("errors")!.Value);
        if (arguments.Length == 0)
        {
            _repository.File("policies/redis.yaml", DiffTests.Policy("{app: cart}", 70000));
            arguments = ["--assertions", "intent.flow"];
        }

        Assert.Equal(exitCode, Compile([.. arguments, "--junit", "results.xml"]).ExitCode);
        var suite = XDocument.Parse(Read("results.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("1", "0", "1"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value));
        var error = suite.Element("testcase")!.Element("error")!;
        Assert.Equal(code, error.Attribute("type")!.Value);
        Assert.StartsWith("no assertion was checked: ", error.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.Contains($"error {code}: ", error.Value, StringComparison.Ordinal);
    }

    private PolicycProcess.Result Compile(params string[] arguments)
    {
        // A revision is asked for the policies alone; the cluster is the same on both sides then.
        string[] cluster = arguments.Contains("--with") ? [] : arguments.Contains("--against") ? ["--with", "cluster.yaml"] : ["cluster.yaml"];
        return PolicycProcess.Run(["compile", "policies", "--verify", "none", .. cluster, .. arguments], "", _repository.Path);
    }

    /// <summary>Without the note that nothing was verified.</summary>
    private static string Errors(PolicycProcess.Result result) =>
        string.Concat(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.Contains(": info ", StringComparison.Ordinal)).Select(l => l + "\n"));

    private string Read(string name) => File.ReadAllText(Path.Combine(_repository.Path, name));
}
