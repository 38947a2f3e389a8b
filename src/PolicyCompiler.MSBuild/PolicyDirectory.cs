namespace PolicyCompiler.MSBuild;

/// <summary>
/// The files below a directory that the compiler reads when it is given the directory of a revision: YAML and JSON outside of
/// bundles. Links to directories are not followed, as git does not.
/// </summary>
internal static class PolicyDirectory
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <param name="root">Where to start, a full path; it is searched even if it is a link or a bundle.</param>
    /// <param name="ignored">Full paths of directories that are left out.</param>
    /// <returns>Full paths, in no order.</returns>
    /// <exception cref="IOException">A directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory may not be read.</exception>
    public static IEnumerable<string> Find(string root, ISet<string> ignored)
    {
        var left = new Stack<string>([root]);
        while (left.Count > 0)
        {
            var directory = left.Pop();
            foreach (var file in Directory.EnumerateFiles(directory).Where(IsInput))
            {
                yield return file;
            }

            foreach (var inner in Directory.EnumerateDirectories(directory))
            {
                if (!ignored.Contains(inner) && !IsBundle(inner) && !File.GetAttributes(inner).HasFlag(FileAttributes.ReparsePoint))
                {
                    left.Push(inner);
                }
            }
        }
    }

    private static bool IsInput(string file) =>
        Path.GetFileName(file) != ".policyc.yaml" && Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static bool IsBundle(string directory) => File.Exists(Path.Combine(directory, "manifest.json")) && File.Exists(Path.Combine(directory, "maps.bin"));
}
