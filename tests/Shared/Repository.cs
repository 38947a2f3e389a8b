namespace PolicyCompiler.Tests.Shared;

/// <summary>Files of the checkout.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Cases under policies/ as paths relative to it, invalid ones among them, in ordinal order.</summary>
    public static IReadOnlyList<string> Cases { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "policies"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(Root, "policies"), Path.GetDirectoryName(f)!).Replace('\\', '/'))
            .Where(d => d != ".").Distinct().Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<string> ValidCases => Cases.Where(c => !c.StartsWith("invalid/", StringComparison.Ordinal));

    public static string CasePath(string name) => Path.Combine(Root, "policies", name);

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "PolicyCompiler.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("the tests run from a checkout of the repository");
    }
}
