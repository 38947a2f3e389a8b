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

    private bool IsRevision =>
        against.Length > 0 && !against.Contains(":") && !Directory.Exists(Path.Combine(root, against)) && !File.Exists(Path.Combine(root, against));

    /// <summary>Whether the old side has the item as it is.</summary>
    public bool Shares(ITaskItem item) => against.Length > 0 && string.Equals(item.GetMetadata(OnBothSides), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first policy that is in none of the paths; null: all are in one.</summary>
    public string? FindUncovered(IEnumerable<ITaskItem> policies)
    {
        if (!IsRevision)
        {
            return null;
        }

        var covered = paths.Select(p => Path.GetFullPath(Path.Combine(root, p))).ToList();
        return policies.Where(p => !Shares(p)).Select(p => Path.GetFullPath(p.GetMetadata("FullPath")))
            .FirstOrDefault(f => !covered.Exists(c => f == c || f.StartsWith(c.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
    }
}
