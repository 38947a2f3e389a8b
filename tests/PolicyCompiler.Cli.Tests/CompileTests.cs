using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

public sealed class CompileTests
{
    private const string Policy = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: client}}}]
            ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        status: {podIP: 10.0.0.1, phase: Running}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: client, labels: {app: client}}
        status: {podIP: 10.0.0.2, phase: Running}
        """;

    [Fact]
    public void TheMainJobEndsInTheKernelsVerdict()
    {
        KernelRequirement.Require();
        using var folder = new TemporaryFolder();
        var bundle = Path.Combine(folder.Path, "out");
        var result = PolicycProcess.Run("compile", Repository.CasePath("online-boutique"), "-o", bundle);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.EndsWith("accepted by the kernel verifier\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("accepted", Manifest(bundle).GetProperty("verification").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("""
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec: {podSelector: {}}
        """)]
    [InlineData("""
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec: {hostNetwork: true}
        status: {podIP: 10.0.0.1, phase: Running}
        """)]
    public void InputWithoutAnEndpointCompilesToABundleWithoutPrograms(string text)
    {
        KernelRequirement.Require();
        using var folder = new TemporaryFolder();
        var bundle = Path.Combine(folder.Path, "out");
        var result = PolicycProcess.Run("compile", folder.File("p.yaml", text), "-o", bundle);
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("no program to verify\n", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(bundle, "objects")));
        Assert.Equal(0, PolicycProcess.Run("verify", bundle).ExitCode);
        Assert.Equal(0, PolicycProcess.Run("dump", bundle).ExitCode);
    }

    [Fact]
    public void UnverifiedOutputSaysSoEverywhere()
    {
        using var folder = new TemporaryFolder();
        var bundle = Path.Combine(folder.Path, "out");
        var result = PolicycProcess.Run("compile", folder.File("p.yaml", Policy), "-o", bundle, "--verify", "none");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("NOT VERIFIED", result.Output, StringComparison.Ordinal);
        Assert.Contains("NP5020", result.Error, StringComparison.Ordinal);
        Assert.Equal("unverified", Manifest(bundle).GetProperty("verification").GetString());
        var dump = PolicycProcess.Run("dump", bundle).Output;
        Assert.Contains("NOT VERIFIED", dump, StringComparison.Ordinal);
        Assert.Contains("  TCP 80: allow ingress: Rule NetworkPolicy default/web ingress[0] (p.yaml:7)", dump, StringComparison.Ordinal);
        Assert.Contains("; p.yaml:7  - from:", dump, StringComparison.Ordinal);
        var json = JsonDocument.Parse(PolicycProcess.Run("compile", Path.Combine(folder.Path, "p.yaml"), "--verify", "none", "--format", "json").Output);
        Assert.Equal("unverified", json.RootElement.GetProperty("verification").GetString());
    }

    [Fact]
    public void WhereTheKernelCanBeAskedWhenAvailableIsItsVerdict()
    {
        KernelRequirement.Require();
        using var folder = new TemporaryFolder();
        var bundle = Path.Combine(folder.Path, "out");
        var result = PolicycProcess.Run("compile", folder.File("p.yaml", Policy), "-o", bundle, "--verify", "when-available");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("accepted", Manifest(bundle).GetProperty("verification").GetString());
    }

    [Fact]
    public void WithoutPrivilegeWhenAvailableWarnsAndKernelFails()
    {
        using var folder = new TemporaryFolder();
        var policy = folder.File("p.yaml", Policy);
        var bundle = Path.Combine(folder.Path, "out");
        var refused = PolicycProcess.RunUnprivileged("compile", policy, "-o", bundle);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("policyc: error NP5002: ", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bundle));

        var strict = PolicycProcess.RunUnprivileged("compile", policy, "-o", bundle, "--verify", "when-available", "--warnaserror");
        Assert.Equal(1, strict.ExitCode);
        Assert.False(Directory.Exists(bundle));

        var result = PolicycProcess.RunUnprivileged("compile", policy, "-o", bundle, "--verify", "when-available");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("policyc: warning NP5020: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("CAP_BPF", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("NP5002", result.Error, StringComparison.Ordinal);
        Assert.Contains("NOT VERIFIED", result.Output, StringComparison.Ordinal);
        Assert.Equal("unverified", Manifest(bundle).GetProperty("verification").GetString());
    }

    [Fact]
    public void FilesAreNamedRelativeToTheRootWhereOneIsGiven()
    {
        using var folder = new TemporaryFolder();
        var bundle = Path.Combine(folder.Path, "out");
        string[] inputs = [.. new[] { "a/web", "b/web" }.Select(directory =>
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, directory));
            return folder.File($"{directory}/p.yaml", Policy.Replace("web", directory[..1] + "-web", StringComparison.Ordinal).Replace("name: client", $"name: {directory[..1]}-client", StringComparison.Ordinal)
                .Replace("10.0.0.", $"10.0.{(int)directory[0]}.", StringComparison.Ordinal));
        })];
        var result = PolicycProcess.Run(["compile", .. inputs, "--root", folder.Path, "-o", bundle, "--verify", "none"]);
        Assert.Equal((0, 1), (result.ExitCode, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal(["a/web/p.yaml", "b/web/p.yaml"], Manifest(bundle).GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("path").GetString()));
    }

    [Fact]
    public void TheBundleDoesNotDependOnWhereTheInputLies()
    {
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        foreach (var folder in new[] { one, two })
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, "in"));
            folder.File("in/p.yaml", Policy);
            Assert.Equal(0, PolicycProcess.Run("compile", Path.Combine(folder.Path, "in"), "-o", Path.Combine(folder.Path, "out"), "--verify", "none").ExitCode);
        }

        var files = Directory.EnumerateFiles(Path.Combine(one.Path, "out"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(one.Path, f)).ToList();
        Assert.True(files.Count >= 8);
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(Path.Combine(one.Path, f)), File.ReadAllBytes(Path.Combine(two.Path, f))));
    }

    [Fact]
    public void AFailedCompileLeavesTheEarlierBundleAlone()
    {
        using var folder = new TemporaryFolder();
        var bundle = Path.Combine(folder.Path, "out");
        Assert.Equal(0, PolicycProcess.Run("compile", folder.File("p.yaml", Policy), "-o", bundle, "--verify", "none").ExitCode);
        var before = File.ReadAllBytes(Path.Combine(bundle, "manifest.json"));
        var bad = folder.File("bad.yaml", Policy.Replace("port: 80", "prt: 80", StringComparison.Ordinal));
        var result = PolicycProcess.Run("compile", bad, "-o", bundle, "--verify", "none");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{bad}(8,", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(bundle, "manifest.json")));
        Assert.Equal(["bad.yaml", "out", "p.yaml"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ADirectoryThatIsNoBundleIsNotReplaced()
    {
        using var folder = new TemporaryFolder();
        var target = Path.Combine(folder.Path, "precious");
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, "thesis.txt"), "years of work");
        var result = PolicycProcess.Run("compile", folder.File("p.yaml", Policy), "-o", target, "--verify", "none");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("NP7001", result.Error, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(target, "thesis.txt")));
    }

    [Theory]
    [InlineData("compile")]
    [InlineData("compile", "x", "--verify", "perhaps")]
    [InlineData("frobnicate")]
    [InlineData("explain", "x", "--from", "a/b")]
    public void WrongUsageIsExitCode2(params string[] arguments) => Assert.Equal(2, PolicycProcess.Run(arguments).ExitCode);

    [Fact]
    public void AMissingInputIsNamed()
    {
        var result = PolicycProcess.Run("compile", "/nowhere/policies");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("NP0001: '/nowhere/policies'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void StandardInputIsAnInput()
    {
        var result = PolicycProcess.Run(["compile", "-", "--verify", "none"], Policy);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("1 policies with 1 rules", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void VersionIsPrinted() => Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+", PolicycProcess.Run("--version").Output);

    [Fact]
    public void TheTargetKernelIsInTheManifest()
    {
        using var folder = new TemporaryFolder();
        var bundle = Path.Combine(folder.Path, "out");
        var path = Repository.CasePath("port-ranges");
        Assert.Equal(0, PolicycProcess.Run("compile", path, "-o", bundle, "--verify", "none", "--target-kernel", "5.10").ExitCode);
        Assert.Equal("5.10", Manifest(bundle).GetProperty("targetKernel").GetString());
        Assert.Equal(0, PolicycProcess.Run("compile", path, "-o", bundle, "--verify", "none").ExitCode);
        Assert.False(Manifest(bundle).TryGetProperty("targetKernel", out _));
    }

    private static JsonElement Manifest(string bundle) => JsonDocument.Parse(File.ReadAllText(Path.Combine(bundle, "manifest.json"))).RootElement;
}
