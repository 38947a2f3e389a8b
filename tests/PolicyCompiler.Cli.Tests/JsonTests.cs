using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

public sealed class JsonTests
{
    [Theory]
    [InlineData(2, "NP0000", "compile")]
    [InlineData(2, "NP0000", "compile", "--misspelt")]
    [InlineData(2, "NP0000", "verify", "CASE", "--exhaustiv")]
    [InlineData(2, "NP0000", "explain", "CASE", "--from", "shop/cart")]
    [InlineData(2, "NP0000", "explain", "CASE", "--from", "shop/cart", "--to", "shop/redis", "--protocol", "none")]
    [InlineData(1, "NP0001", "compile", "no-such-file")]
    [InlineData(1, "NP0001", "verify", "no-such-file")]
    [InlineData(1, "NP0001", "explain", "no-such-file", "--from", "shop/cart", "--to", "shop/redis", "--port", "1")]
    [InlineData(1, "NP0001", "connectivity", "no-such-file")]
    [InlineData(2, "NP0000", "connectivity", "CASE", "--misspelt")]
    [InlineData(1, "NP0011", "explain", "CASE", "--from", "shop/nobody", "--to", "shop/redis", "--port", "1")]
    [InlineData(1, "NP0020", "explain", "CASE", "--flows", "no-such-file")]
    [InlineData(1, "NP7003", "dump", "no-such-directory")]
    [InlineData(1, "NP7003", "dump", "CASE")]
    public void ErrorsAreADocumentToo(int exitCode, string code, params string[] arguments)
    {
        var result = PolicycProcess.Run([.. arguments.Select(a => a == "CASE" ? Repository.CasePath("online-boutique") : a), "--format", "json"]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
        var document = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(exitCode, document.GetProperty("exitCode").GetInt32());
        Assert.Contains(document.GetProperty("diagnostics").EnumerateArray(), d => d.GetProperty("code").GetString() == code);
    }

    [Fact]
    public void ABundleIsOneDocument()
    {
        using var folder = new TemporaryFolder();
        var bundle = Path.Combine(folder.Path, "out");
        Assert.Equal(0, PolicycProcess.Run("compile", Repository.CasePath("online-boutique"), "-o", bundle, "--verify", "none").ExitCode);
        var document = JsonDocument.Parse(PolicycProcess.Run("dump", bundle, "--format", "json").Output).RootElement;
        Assert.Equal("unverified", document.GetProperty("manifest").GetProperty("verification").GetString());
        Assert.All(document.GetProperty("programs").EnumerateArray(), p => Assert.NotEqual(0, p.GetProperty("disassembly").GetArrayLength()));
        Assert.NotEqual(0, document.GetProperty("programs").GetArrayLength());
    }

    [Fact]
    public void AnInputWithoutWorkloadsHasNothingToVerify()
    {
        KernelRequirement.Require();
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run("compile", folder.File("empty.yaml", "---\n"));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("no endpoint that policies apply to", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("accepted", result.Output, StringComparison.Ordinal);
    }
}
