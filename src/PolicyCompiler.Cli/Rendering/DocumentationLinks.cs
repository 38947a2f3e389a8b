using System.Reflection;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>
/// Addresses of the documentation. They exist only in builds that were told where the project lies
/// (<c>-p:RepositoryUrl=https://...</c>); a link that leads nowhere is worse than none.
/// </summary>
internal static class DocumentationLinks
{
    /// <summary>The project's own address.</summary>
    public static string? Project { get; } = typeof(DocumentationLinks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "RepositoryUrl")?.Value?.TrimEnd('/') is { Length: > 0 } url ? url : null;

    /// <summary>The page of a code, as it was in this version.</summary>
    public static string? PageOf(string code) => PageOf(Project, code);

    public static string? PageOf(string? project, string code) => PageOf(project, ToolVersion.Text, code);

    /// <summary>Versions between releases have no tag: theirs is the page as it is now.</summary>
    public static string? PageOf(string? project, string version, string code) =>
        project is null ? null : $"{project}/blob/{(version.Contains('-', StringComparison.Ordinal) ? "main" : $"v{version}")}/docs/diagnostics/{code}.md";
}
