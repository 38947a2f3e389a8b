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
        Assert.Equal(0, JsonDocument.Parse(job.Read("findings.sarif")).RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.Equal(0, JsonDocument.Parse(job.Read("quality.json")).RootElement.GetArrayLength());
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
        Assert.Equal("policyc compile policies a file --verify none --warnaserror --ipblock-matches-pods --summary summary.md", job.Calls[^1]);
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
            [$"dotnet tool update policyc --tool-path {job.Root}/tools --version 1.2.3 --add-source /feed", "tool compile policies --verify none", "tool compile policies --verify none"],
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
        Assert.Equal("policyc compile policies --verify kernel", job.Calls[^1]);
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
