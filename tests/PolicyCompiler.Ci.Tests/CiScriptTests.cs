using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Ci.Tests;

/// <summary>The script that all templates call, run with stand-ins for the commands that change a machine.</summary>
public sealed class CiScriptTests
{
    [Fact]
    public void ReportsAreWrittenAndNothingIsInstalled()
    {
        using var job = new CiSandbox();
        job.Variables["POLICYC_PATHS"] = "policies";
        job.Variables["POLICYC_SARIF"] = "findings.sarif";
        job.Variables["POLICYC_CODE_QUALITY"] = "quality.json";
        job.Variables["POLICYC_OUTPUT"] = "bundle";
        job.Variables["GITHUB_STEP_SUMMARY"] = Path.Combine(job.Checkout, "summary.md");
        job.Variables["GITHUB_OUTPUT"] = Path.Combine(job.Checkout, "outputs");
        var result = job.Run("sh", CiSandbox.Script);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("NOT VERIFIED", result.Output, StringComparison.Ordinal);
        Assert.Contains("**NOT VERIFIED**", job.Read("summary.md"), StringComparison.Ordinal);
        Assert.Equal("exit-code=0\nsarif=findings.sarif\n", job.Read("outputs"));
        var results = JsonDocument.Parse(job.Read("findings.sarif")).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray();
        Assert.Equal(["NP8021"], results.Select(r => r.GetProperty("ruleId").GetString()));
        Assert.Contains("NP8021", job.Read("quality.json"), StringComparison.Ordinal);
        Assert.True(job.Has("bundle/manifest.json"));
        Assert.Empty(job.Calls);
    }

    [Fact]
    public void TheExitCodeOfFindingsPassesThrough()
    {
        using var job = new CiSandbox();
        job.File("policies/web.yaml", CiSandbox.Policy.Replace("port: 80", "prt: 80", StringComparison.Ordinal));
        job.Variables["POLICYC_SARIF"] = "findings.sarif";
        job.Variables["POLICYC_CODE_QUALITY"] = "quality.json";
        job.Variables["GITHUB_OUTPUT"] = Path.Combine(job.Checkout, "outputs");
        var result = job.Run("sh", CiSandbox.Script, "policies");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("exit-code=1\nsarif=findings.sarif\n", job.Read("outputs"));
        var finding = JsonDocument.Parse(job.Read("findings.sarif")).RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal("policies/web.yaml", finding.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        var quality = JsonDocument.Parse(job.Read("quality.json")).RootElement[0];
        Assert.Equal("policies/web.yaml", quality.GetProperty("location").GetProperty("path").GetString());
        Assert.Equal(6, quality.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32());
        Assert.Equal("major", quality.GetProperty("severity").GetString());
    }

    [Theory]
    [InlineData("kernel", "no paths")]
    [InlineData("perhaps", "not 'perhaps'", "policies")]
    [InlineData("none", "no policies", "policies/web.flow")]
    [InlineData("none", "no policies", "--warnaserror", "policies")]
    public void WrongUsageIsExitCode2(string verify, string message, params string[] paths)
    {
        using var job = new CiSandbox();
        job.Variables["POLICYC_VERIFY"] = verify;
        var result = job.Run(["sh", CiSandbox.Script, .. paths]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsArePassedOn()
    {
        using var job = new CiSandbox();
        job.Command("policyc", $"echo \"policyc $*\" >>{job.Log}");
        job.Variables["POLICYC_ARGS"] = "--warnaserror --ipblock-matches-pods";
        job.Variables["POLICYC_SUMMARY"] = "summary.md";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies", "a file").ExitCode);
        Assert.Equal("policyc compile policies a file --lint --verify none --warnaserror --ipblock-matches-pods --summary summary.md", job.Calls[^1]);
    }

    [Fact]
    public void AssertionsBelowThePathsAreFoundAndMustHold()
    {
        using var job = new CiSandbox();
        job.File("policies/intent.flow", "test \"web\" {\n  allow from world to pod default/web on TCP 80\n}\n");
        job.Variables["POLICYC_JUNIT"] = "junit.xml";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
        job.File("policies/intent.flow", "test \"web\" {\n  allow from world to pod default/web on TCP 80-81\n}\n");
        var failed = job.Run("sh", CiSandbox.Script, "policies");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("policies/intent.flow(2,3): error NP6101: ", failed.Error, StringComparison.Ordinal);
        Assert.Contains("<failure", job.Read("junit.xml"), StringComparison.Ordinal);
        job.Variables["POLICYC_ASSERTIONS"] = "";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
    }

    [Fact]
    public void AFlowThatWidensSinceTheBranchWasLeftFails()
    {
        using var job = new CiSandbox();
        Assert.Equal("", job.Run("sh", "-c", "git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.org commit -qm a && git checkout -q -b topic").Error);
        job.Variables["POLICYC_AGAINST"] = "main...";
        job.Variables["POLICYC_ANNOTATIONS"] = "true";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
        job.File("policies/web.yaml", CiSandbox.Policy.Replace("port: 80", "port: 80, endPort: 81", StringComparison.Ordinal));
        var widened = job.Run("sh", CiSandbox.Script, "policies");
        Assert.Equal(1, widened.ExitCode);
        Assert.Contains("policies/web.yaml(6,13): error NP0059: widened: TCP 81 from ", widened.Error, StringComparison.Ordinal);
        Assert.Contains("::error file=policies/web.yaml,line=6,col=13,title=NP0059", widened.Error, StringComparison.Ordinal);
        job.Variables["POLICYC_FAIL_ON"] = "narrowed removed";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
    }

    [Fact]
    public void WhatIsAskedIsSpelledAsTheCommandLineHasIt()
    {
        using var job = new CiSandbox();
        job.Command("policyc", $"echo \"policyc $*\" >>{job.Log}");
        job.File("policies/a.flow", "");
        job.Variables["POLICYC_LINT"] = "false";
        job.Variables["POLICYC_JUNIT"] = "junit.xml";
        job.Variables["POLICYC_WITH"] = "cluster.yaml nodes.yaml";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies", "other").ExitCode);
        Assert.Equal("policyc compile policies --assertions policies other --junit junit.xml cluster.yaml nodes.yaml --verify none", job.Calls[^1]);
        job.Variables["POLICYC_AGAINST"] = "main";
        job.Variables["POLICYC_FAIL_ON"] = "widened added";
        job.Variables["POLICYC_ALLOW"] = "tolerated.txt";
        job.Variables["POLICYC_CHANGES"] = "changes.html";
        job.Variables["POLICYC_ASSERTIONS"] = "one.flow two";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
        Assert.Equal(
            "policyc compile policies --assertions one.flow --assertions two --junit junit.xml --against main --fail-on widened --fail-on added --allow tolerated.txt --changes changes.html --with cluster.yaml --with nodes.yaml --verify none",
            job.Calls[^1]);
    }

    [Fact]
    public void AssertionsAreFoundThroughLinksAndInAnyCase()
    {
        using var job = new CiSandbox();
        job.Command("policyc", $"printf '<%s>' \"$@\" >>{job.Log}; echo >>{job.Log}");
        Assert.Equal("", job.Run("sh", "-c", "mkdir real linked upper plain; touch elsewhere real/a.flow upper/B.FLOW plain/flow.yaml; ln -s ../elsewhere linked/c.flow; ln -s real 'a link'").Error);
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "a link", "linked", "upper", "plain").ExitCode);
        Assert.Equal("<compile><a link><--assertions><a link><linked><--assertions><linked><upper><--assertions><upper><plain><--lint><--verify><none>", job.Calls[^1]);
    }

    [Fact]
    public void FlowFilesAmongThePathsAreAssertionsAndValuesOfOptionsAreNone()
    {
        using var job = new CiSandbox();
        job.Command("policyc", $"printf '<%s>' \"$@\" >>{job.Log}; echo >>{job.Log}");
        Assert.Equal("", job.Run("sh", "-c", "mkdir old folder.flow; touch old/a.flow 'policies/my intent.flow' policies/B.FLOW").Error);
        string[] words = ["policies/my intent.flow", "policies/web.yaml", "folder.flow", "policies/B.FLOW", "--against", "old", "--allow", "x.flow"];
        Assert.Equal(0, job.Run(["sh", CiSandbox.Script, .. words]).ExitCode);
        Assert.Equal("<compile><--assertions><policies/my intent.flow><policies/web.yaml><folder.flow><--assertions><policies/B.FLOW><--against><old><--allow><x.flow><--lint><--verify><none>", job.Calls[^1]);
        job.Variables["POLICYC_ASSERTIONS"] = "old";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies/web.yaml", "policies/B.FLOW").ExitCode);
        Assert.Equal("<compile><policies/web.yaml><--assertions><policies/B.FLOW><--assertions><old><--lint><--verify><none>", job.Calls[^1]);
        job.Variables["POLICYC_ASSERTIONS"] = "";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies/web.yaml", "policies/B.FLOW").ExitCode);
        Assert.Equal("<compile><policies/web.yaml><--lint><--verify><none>", job.Calls[^1]);
    }

    [Fact]
    public void APatternOfPathsMayNameAssertionsToo()
    {
        using var job = new CiSandbox();
        job.File("policies/intent.flow", "test \"web\" {\n  allow from world to pod default/web on TCP 80-81\n}\n");
        job.Variables["POLICYC_PATHS"] = "policies/*";
        var result = job.Run("sh", CiSandbox.Script);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("policies/intent.flow(2,3): error NP6101: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POLICYC_LINT", "yes")]
    [InlineData("POLICYC_ANNOTATIONS", "TRUE")]
    public void ASwitchThatIsNeitherTrueNorFalseIsExitCode2(string name, string value)
    {
        using var job = new CiSandbox();
        job.Variables[name] = value;
        var result = job.Run("sh", CiSandbox.Script, "policies");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{name} is true or false, not '{value}'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ResultsOfAnEarlierRunAreRemoved()
    {
        using var job = new CiSandbox();
        job.File("junit.xml", "<testsuites />");
        job.Variables["POLICYC_JUNIT"] = "junit.xml";
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
        Assert.False(job.Has("junit.xml"));
    }

    [Fact]
    public void MissingLibrariesAreInstalledAfterAnUpdateOfTheLists()
    {
        using var job = new CiSandbox();
        job.Command("ldconfig", "true");
        job.Variables["POLICYC_VERIFY"] = "kernel";
        job.Command("id", "echo 0");
        job.Command("policyc", "true");
        job.Command("apt-get", $"echo \"apt-get $*\" >>{job.Log}; [ \"$1\" = update ] && touch {job.Root}/lists; [ -e {job.Root}/lists ]");
        Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
        Assert.Equal(
            ["apt-get install -y -q --no-install-recommends libllvm19 libbpf1", "apt-get update -q", "apt-get install -y -q --no-install-recommends libllvm19 libbpf1"],
            job.Calls);
    }

    [Fact]
    public void WhatMayNotBeInstalledIsNamed()
    {
        using var job = new CiSandbox();
        job.Command("ldconfig", "true");
        job.Variables["POLICYC_INSTALL"] = "never";
        var result = job.Run("sh", CiSandbox.Script, "policies");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("apt-get install --no-install-recommends libllvm19\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(job.Calls);
    }

    [Fact]
    public void TheToolIsInstalledInTheWantedVersionFromTheWantedFeedOnce()
    {
        using var job = new CiSandbox();
        job.Command("policyc", "echo 0.0.1");
        job.Command("dotnet", $"echo \"dotnet $*\" >>{job.Log}; mkdir -p \"$5\"; printf '#!/bin/sh\\necho tool \"$@\" >>{job.Log}\\n' >\"$5/policyc\"; chmod +x \"$5/policyc\"");
        job.Variables["POLICYC_VERSION"] = "1.2.3";
        job.Variables["POLICYC_FEED"] = "/feed";
        job.Variables["POLICYC_TOOLS"] = Path.Combine(job.Root, "tools");
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(0, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
        }

        Assert.Equal(
            [$"dotnet tool update policyc --tool-path {job.Root}/tools --version 1.2.3 --add-source /feed", "tool compile policies --lint --verify none", "tool compile policies --lint --verify none"],
            job.Calls);
    }

    [Fact]
    public void WithoutToolAndInstallationItSaysHow()
    {
        using var job = new CiSandbox();
        job.RemoveCommand("policyc");
        job.Variables["POLICYC_INSTALL"] = "never";
        var result = job.Run("sh", CiSandbox.Script, "policies");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("dotnet tool install policyc\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherUsersAskTheKernelThroughSudo()
    {
        using var job = new CiSandbox();
        job.Command("id", "echo 1000");
        job.Command("sudo", $"echo \"sudo $*\" >>{job.Log}; [ \"$2\" = true ] || {{ shift; exec \"$@\"; }}");
        job.Command("policyc", $"echo \"policyc $*\" >>{job.Log}; exit 1");
        job.Variables["POLICYC_VERIFY"] = "kernel";
        Assert.Equal(1, job.Run("sh", CiSandbox.Script, "policies").ExitCode);
        Assert.Equal("policyc compile policies --lint --verify kernel", job.Calls[^1]);
        Assert.Contains(job.Calls, c => c.StartsWith("sudo -n env PATH=", StringComparison.Ordinal));
    }

    [Fact]
    public void AMachineThatCannotVerifySaysSo()
    {
        using var job = new CiSandbox();
        job.Variables["POLICYC_VERIFY"] = "auto";
        var result = job.Run("setpriv", "--bounding-set=-bpf,-sys_admin,-net_admin", "--inh-caps=-all", "sh", CiSandbox.Script, "policies");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("UNVERIFIED", result.Error, StringComparison.Ordinal);
        Assert.Contains("NOT VERIFIED", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AMachineThatCanVerifyDoes()
    {
        KernelRequirement.Require();
        using var job = new CiSandbox();
        job.Variables["POLICYC_VERIFY"] = "auto";
        Assert.EndsWith("accepted by the kernel verifier\n", job.Run("sh", CiSandbox.Script, "policies").Output, StringComparison.Ordinal);
    }
}
