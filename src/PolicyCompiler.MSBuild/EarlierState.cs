using Microsoft.Build.Framework;

namespace PolicyCompiler.MSBuild;

/// <summary>
/// What policies are compared with. A project lists files, and one that it no longer lists may have been a policy: so a
/// revision is asked for directories.
/// </summary>
/// <param name="against">A git revision, <c>REVISION:PATH</c>, a path or a bundle; empty: nothing.</param>
/// <param name="root">The directory that paths are relative to.</param>
/// <param name="paths">What is read of a revision.</param>
internal sealed class EarlierState(string against, string root, string[] paths)
{
    /// <summary>Metadata of items that are the same on both sides, such as the cluster's workloads.</summary>
    public const string OnBothSides = "OnBothSides";

    /// <summary>As <c>policyc compile --against</c> takes them.</summary>
    public IEnumerable<string> Operands => against.Length == 0 ? [] : IsRevision ? paths.Select(p => $"{against}:{p}") : [against];

    private bool IsRevision => against.Length > 0 && !against.Contains(":") && !IsPath;

    private bool IsPath => Directory.Exists(Path.Combine(root, against)) || File.Exists(Path.Combine(root, against));

    /// <summary>Whether the old side has the item as it is.</summary>
    public bool Shares(ITaskItem item) => against.Length > 0 && string.Equals(item.GetMetadata(OnBothSides), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first policy that is in none of the paths; null: all are in one.</summary>
    public string? FindUncovered(IEnumerable<ITaskItem> policies)
    {
        if (!IsRevision)
        {
            return null;
        }

        var covered = paths.Select(FullPath).ToList();
        return policies.Where(p => !Shares(p)).Select(FullPath).FirstOrDefault(f => !covered.Exists(c => IsIn(c, f)));
    }

    /// <summary>
    /// The first file that the old side reads, as far as it is in the working tree, and the project does not list; null: there is none.
    /// A path that is part of the revision's name may be where policies were once: it counts if some still are.
    /// </summary>
    /// <param name="policies">All items, those on both sides too.</param>
    /// <param name="output">Directories that builds write to.</param>
    /// <exception cref="IOException">A directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory may not be read.</exception>
    public string? FindUnlisted(IEnumerable<ITaskItem> policies, IEnumerable<ITaskItem> output)
    {
        var listed = new HashSet<string>(policies.Select(FullPath), StringComparer.Ordinal);
        var asked = IsRevision ? paths.Select(FullPath)
            : PathOfRevision is { } path ? new[] { FullPath(path) }.Where(p => listed.Any(f => IsIn(p, f)))
            : [];
        var ignored = new HashSet<string>(output.Select(FullPath), StringComparer.Ordinal);
        return asked.SelectMany(p => File.Exists(p) ? [p] : Directory.Exists(p) ? PolicyDirectory.Find(p, ignored) : [])
            .Where(f => !listed.Contains(f)).OrderBy(f => f, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The path in <c>REVISION:PATH</c>.</summary>
    private string? PathOfRevision => IsPath ? null : against.IndexOf(':') is > 0 and var colon ? against.Substring(colon + 1) : null;

    private string FullPath(ITaskItem item) => FullPath(item.GetMetadata("FullPath"));

    private string FullPath(string path) => Path.GetFullPath(Path.Combine(root, path)) is { Length: > 1 } full ? full.TrimEnd(Path.DirectorySeparatorChar) : path;

    private static bool IsIn(string directory, string file) =>
        file == directory || file.StartsWith(directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
