using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

/// <summary><c>policyc verify --kernel</c> on real kernels, and its answers where there is none.</summary>
public sealed class KernelComparisonTests : IDisposable
{
    private static readonly string[] ThreeKernels = ["debian:6.1", "debian:6.12", "running"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThreeBundlesOnThreeKernels()
    {
        RequireKernels();
        string[] bundles = [Bundle("online-boutique"), Bundle("cilium-http"), Bundle("dual-stack")];
        var baseline = Path.Combine(_folder.Path, "baseline.json");
        var json = PolicycProcess.Run(
            ["verify", .. bundles, "--kernel", .. ThreeKernels, "--format", "json", "--baseline", baseline, "--update-baseline"]);
        Assert.Equal((0, ""), (json.ExitCode, json.Error));

        // What was verified is what the bundles hold, object by object.
        using var document = JsonDocument.Parse(json.Output);
        var programs = document.RootElement.GetProperty("programs").EnumerateArray().ToList();
        Assert.Equal(2 * bundles.Sum(b => Directory.GetFiles(Path.Combine(b, "objects")).Length), programs.Count);
        Assert.All(programs, p =>
        {
            var kernels = p.GetProperty("kernels").EnumerateArray().ToList();
            Assert.Equal(ThreeKernels, kernels.Select(k => k.GetProperty("kernel").GetString()));
            Assert.All(kernels, k => Assert.Equal("accepted", k.GetProperty("verification").GetString()));
            Assert.All(kernels, k => Assert.InRange(k.GetProperty("processedInstructions").GetInt32(), 10, 1_000_000));
            Assert.All(kernels, k => Assert.InRange(k.GetProperty("stackBytes").GetInt32(), 4, 2048));
        });
        Assert.Equal(["6.1.", "6.12"], document.RootElement.GetProperty("kernels").EnumerateArray().Take(2).Select(k => k.GetProperty("release").GetString()![..4]));
        Assert.Equal(3 * programs.Count, Baseline(baseline)["programs"]!.AsArray().Count);
    }

    [Fact]
    public void AnObjectThatOneKernelMustRefuseIsRefusedThereAndSaysWhy()
    {
        RequireKernels();
        var bundle = Bundle("default-deny-both");
        Replace(bundle, "policy-000", "kernel-function");

        var result = PolicycProcess.Run("verify", bundle, "--kernel", "debian:6.1", "debian:6.12");

        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"error NP5012: Linux 6\.1\.\S+ refuses object 'policy-000': it lacks kernel function bpf_dynptr_from_skb \(since Linux 6\.4\)", result.Error);
        Assert.Single(result.Error.Split('\n'), l => l.Contains("error", StringComparison.Ordinal));
        Assert.Matches(@"debian:6\.1 +Linux 6\.1\.\S+: REJECTED, 1 objects", result.Output);
        Assert.Matches(@"debian:6\.12 +Linux 6\.12\.\S+: accepted", result.Output);
        Assert.Contains("REJECTED by 1 of 2 kernels", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgramsForAnOldKernelAreTakenByIt()
    {
        RequireKernels();
        var path = Repository.CasePath("cilium-http");
        var image = EmulationRequirement.Image("5.10");

        var newer = PolicycProcess.Run("verify", path, "--kernel", image);
        Assert.Equal(1, newer.ExitCode);
        Assert.Contains("atomic operations other than a plain addition (since Linux 5.12)", newer.Error, StringComparison.Ordinal);

        var older = PolicycProcess.Run("verify", path, "--kernel", image, "running", "--target-kernel", "5.10");
        Assert.Equal("", older.Error);
        Assert.Equal(0, older.ExitCode);
        Assert.Contains("accepted by all 2 kernels", older.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AJumpOfComplexityFails()
    {
        KernelRequirement.Require();
        var path = Repository.CasePath("port-ranges");
        var file = Path.Combine(_folder.Path, "baseline.json");
        string[] arguments = ["verify", path, "--baseline", file];

        Assert.Equal(0, PolicycProcess.Run([.. arguments, "--update-baseline"]).ExitCode);
        var written = File.ReadAllText(file);
        Assert.Equal(0, PolicycProcess.Run([.. arguments, "--update-baseline"]).ExitCode);
        Assert.Equal(written, File.ReadAllText(file));
        var same = PolicycProcess.Run(arguments);
        Assert.Equal((0, ""), (same.ExitCode, same.Error));

        // As if one program had been half of what it is.
        var document = Baseline(file);
        var program = document["programs"]!.AsArray()[^1]!;
        program["processedInstructions"] = program["processedInstructions"]!.GetValue<int>() / 2;
        File.WriteAllText(file, document.ToJsonString());
        var grown = PolicycProcess.Run(arguments);
        Assert.Equal(1, grown.ExitCode);
        Assert.Contains("error NP5034: on kernel 'running' the verifier walks", grown.Error, StringComparison.Ordinal);
        Assert.Contains("20 % are allowed", grown.Error, StringComparison.Ordinal);
        Assert.Contains("accepted by every kernel, with errors", grown.Output, StringComparison.Ordinal);
        Assert.Equal(0, PolicycProcess.Run([.. arguments, "--max-growth", "150"]).ExitCode);
    }

    [Fact]
    public void ABaselineThatIsNoneIsAnError()
    {
        KernelRequirement.Require();
        var path = Repository.CasePath("port-ranges");
        var missing = PolicycProcess.Run("verify", path, "--baseline", Path.Combine(_folder.Path, "missing.json"));
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("error NP5035: ", missing.Error, StringComparison.Ordinal);
        var other = PolicycProcess.Run("verify", path, "--baseline", _folder.File("other.json", "[]"));
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("error NP5035: ", other.Error, StringComparison.Ordinal);
        var unwritable = PolicycProcess.Run("verify", path, "--baseline", Path.Combine(_folder.Path, "no", "such", "folder"), "--update-baseline");
        Assert.Equal(1, unwritable.ExitCode);
        Assert.Contains("error NP5037: ", unwritable.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AKernelThatTheBaselineDoesNotKnowIsAWarning()
    {
        KernelRequirement.Require();
        var file = _folder.File("baseline.json", """{"formatVersion": 1, "programs": []}""");
        var result = PolicycProcess.Run("verify", Repository.CasePath("port-ranges"), "--baseline", file);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning NP5036: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, PolicycProcess.Run("verify", Repository.CasePath("port-ranges"), "--baseline", file, "--warnaserror").ExitCode);
    }

    [Fact]
    public void NoResultIsNoRefusal()
    {
        // The emulator does not boot a program of this machine, and says so at once.
        RequireKernels();
        var result = PolicycProcess.Run("verify", Repository.CasePath("port-ranges"), "--kernel", "/proc/self/exe", "--format", "json");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("error NP5030: kernel '/proc/self/exe' gave no result: ", result.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("noResult", document.RootElement.GetProperty("verification").GetString());
        Assert.DoesNotContain("rejected", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoKernelIsAnError()
    {
        var result = PolicycProcess.Run("verify", Repository.CasePath("port-ranges"), "--kernel", Path.Combine(Repository.Root, "README.md"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error NP5033: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PoliciesWithoutAProgramHaveNothingToVerify()
    {
        var result = PolicycProcess.Run("verify", Path.Combine(Repository.CasePath("port-ranges"), "policy.yaml"), "--kernel", "running");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error NP5021: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kernel", "debian:six")]
    [InlineData("--kernel", "running", "--exhaustive")]
    [InlineData("--update-baseline")]
    [InlineData("--max-growth", "10")]
    [InlineData("--baseline", "b.json", "--max-growth", "-3")]
    [InlineData("--target-kernel", "5.9")]
    [InlineData("--target-kernel", "new")]
    public void UsageIsChecked(params string[] arguments)
    {
        var result = PolicycProcess.Run(["verify", Repository.CasePath("port-ranges"), .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error NP0000: ", result.Error, StringComparison.Ordinal);
    }

    private static void RequireKernels()
    {
        KernelRequirement.Require();
        EmulationRequirement.Image("6.1");
        EmulationRequirement.Image("6.12");
    }

    private static JsonNode Baseline(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    private string Bundle(string name)
    {
        var bundle = Path.Combine(_folder.Path, name);
        var result = PolicycProcess.Run("compile", Repository.CasePath(name), "-o", bundle);
        Assert.Equal(0, result.ExitCode);
        return bundle;
    }

    // Another object in its place, and in the manifest.
    private static void Replace(string bundle, string name, string fixture)
    {
        var content = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "PolicyCompiler.Kernel.Tests", "Fixtures", fixture + ".bpf.o"));
        File.WriteAllBytes(Path.Combine(bundle, "objects", name + ".bpf.o"), content);
        var path = Path.Combine(bundle, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        var entry = manifest["files"]!.AsArray().Single(f => f!["path"]!.GetValue<string>() == $"objects/{name}.bpf.o")!;
        entry["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content));
        File.WriteAllText(path, manifest.ToJsonString());
    }
}
