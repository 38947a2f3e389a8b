using System.Xml.Linq;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Architecture.Tests;

/// <summary>The arrows between projects, and between the folders of Core (ARCHITECTURE.md).</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Frontend"] = ["Core"],
        ["Assertions"] = ["Core"],
        ["CodeGen"] = ["Core"],
        ["Kernel"] = ["Core"],
        ["Pipeline"] = ["Assertions", "CodeGen", "Core", "Frontend", "Kernel"],
        ["Cli"] = ["Pipeline"],
        ["MSBuild"] = [],
    };

    /// <summary>What a folder of Core may use besides itself.</summary>
    private static readonly Dictionary<string, string[]> CoreFolders = new(StringComparer.Ordinal)
    {
        ["Diagnostics"] = [],
        ["Model"] = ["Diagnostics"],
        ["Names"] = ["Diagnostics", "Model"],
        ["Proxy"] = ["Diagnostics", "Model", "Names"],
        ["Semantics"] = ["Diagnostics", "Graph", "Model", "Names"],
        ["Tables"] = ["Diagnostics", "Graph", "Model", "Names", "Proxy"],
        ["Bpf"] = ["Diagnostics", "Graph", "Model", "Tables"],
        ["Explain"] = ["Diagnostics", "Graph", "Model", "Proxy", "Semantics"],
        ["Connectivity"] = ["Diagnostics", "Graph", "Model", "Names", "Tables"],
        ["Assertions"] = ["Connectivity", "Diagnostics", "Explain", "Graph", "Model", "Proxy", "Semantics", "Tables"],
        ["Diff"] = ["Diagnostics", "Graph", "Model", "Names", "Proxy", "Tables"],
        ["Lint"] = ["Diagnostics", "Graph", "Model", "Tables"],
        ["Exposure"] = ["Connectivity", "Diagnostics", "Graph", "Model", "Semantics", "Tables"],
    };

    [Fact]
    public void ProjectsSeeOnlyWhatTheyMay()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(NameOf, file => XDocument.Load(file).Descendants("ProjectReference").Select(r => NameOf(r.Attribute("Include")!.Value)).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(Projects.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found, project => Assert.Equal(Projects[project.Key], project.Value));
    }

    [Fact]
    public void OnlyTheTaskSeesMsBuildAndNothingElse()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var packages = XDocument.Load(file).Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value).ToList();
            if (NameOf(file) == "MSBuild")
            {
                Assert.Equal(["Microsoft.Build.Utilities.Core"], packages);
            }
            else
            {
                Assert.DoesNotContain(packages, p => p.StartsWith("Microsoft.Build", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void FoldersOfCoreSeeOnlyWhatTheyMay()
    {
        var core = Path.Combine(Repository.Root, "src", "PolicyCompiler.Core");
        foreach (var (folder, allowed) in CoreFolders)
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(core, folder), "*.cs", SearchOption.AllDirectories))
            {
                var used = File.ReadLines(file)
                    .Where(l => l.StartsWith("using PolicyCompiler.Core.", StringComparison.Ordinal))
                    .Select(l => l["using PolicyCompiler.Core.".Length..].TrimEnd(';').Split('.')[0]);
                Assert.All(used, u => Assert.True(u == folder || allowed.Contains(u), $"{file} uses {u}"));
            }
        }
    }

    [Fact]
    public void NativeImportsAreInNativeFolders()
    {
        var offenders = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}Native{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && File.ReadAllText(f) is var text && (text.Contains("[LibraryImport", StringComparison.Ordinal) || text.Contains("[DllImport", StringComparison.Ordinal)));
        Assert.Empty(offenders);
    }

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/')).Replace("PolicyCompiler.", "", StringComparison.Ordinal);
}
