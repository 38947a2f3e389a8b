using System.Reflection;

namespace PolicyCompiler.Pipeline.Bundles;

public static class ToolVersion
{
    /// <summary>Version of policyc, as in the assembly.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
