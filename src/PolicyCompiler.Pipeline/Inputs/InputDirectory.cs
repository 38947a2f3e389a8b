using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Lint;

namespace PolicyCompiler.Pipeline.Inputs;

/// <summary>The input files below a directory.</summary>
internal static class InputDirectory
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>Whether files of that name are input.</summary>
    public static bool IsInput(string file) =>
        Path.GetFileName(file) != LintConfigurationFile.Name && Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <returns>Policies and cluster objects: as below.</returns>
    public static IReadOnlyList<string> Find(string root) => Find(root, Extensions);

    /// <param name="root">Where to start.</param>
    /// <param name="extensions">With their dots; case does not matter.</param>
    /// <returns>Paths relative to <paramref name="root"/> with forward slashes, in ordinal order.</returns>
    /// <exception cref="IOException">A directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory may not be read.</exception>
    public static IReadOnlyList<string> Find(string root, IReadOnlyList<string> extensions)
    {
        var files = new List<string>();
        Add(root, RealPath(root), []);
        return [.. files.Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

        void Add(string directory, string real, HashSet<string> around)
        {
            // A link to a directory that contains it has no end; a bundle's JSON files are output, and would change the next bundle.
            if (!around.Add(real) || (directory != root && BundleReader.IsBundle(directory)))
            {
                return;
            }

            files.AddRange(Directory.EnumerateFiles(directory).Where(f => Path.GetFileName(f) != LintConfigurationFile.Name
                && extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)));
            foreach (var inner in Directory.EnumerateDirectories(directory))
            {
                var target = new DirectoryInfo(inner).LinkTarget is null ? Path.Combine(real, Path.GetFileName(inner)) : RealPath(inner);
                Add(inner, target, [.. around]);
            }
        }
    }

    private static string RealPath(string directory) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(new DirectoryInfo(directory).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? directory));
}
