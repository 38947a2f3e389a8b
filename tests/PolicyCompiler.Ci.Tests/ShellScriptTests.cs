using System.Diagnostics;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Ci.Tests;

public sealed class ShellScriptTests
{
    public static TheoryData<string> Scripts => ["ci/policyc-ci.sh", "ci/pre-commit/policyc-hook", "eng/bootstrap.sh", "test", "policyc"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void ShellcheckFindsNothing(string script)
    {
        ToolRequirement.Require("shellcheck");
        using var process = Process.Start(new ProcessStartInfo("shellcheck", ["-x", script]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
        Assert.Equal("", process.StandardOutput.ReadToEnd());
    }

    [Fact]
    public void EveryVariableOfTheScriptIsDescribedInItsHead()
    {
        var text = File.ReadAllText(CiSandbox.Script);
        var head = text[..text.IndexOf("set -eu", StringComparison.Ordinal)];
        var used = System.Text.RegularExpressions.Regex.Matches(text, @"\$\{?(POLICYC_[A-Z_]+)").Select(m => m.Groups[1].Value).Distinct();
        Assert.All(used, v => Assert.Contains($"\n# {v} ", head, StringComparison.Ordinal));
    }
}
