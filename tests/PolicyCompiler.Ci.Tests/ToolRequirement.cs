namespace PolicyCompiler.Ci.Tests;

/// <summary>Tests with a tool that ./test installs are skipped where they run without it.</summary>
internal static class ToolRequirement
{
    public static void Require(string tool)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool)));
        Assert.SkipUnless(found, $"{tool} is not installed");
    }
}
