using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Tables;

/// <summary>What the datapath's maps and words can hold.</summary>
public static class TableLimits
{
    /// <summary>Cluster identities: 256 to 65535, the range Cilium gives to cluster-local identities.</summary>
    public const int ClusterIdentities = 65535 - 255;

    /// <summary>Identity indexes: three levels of 6 bits.</summary>
    public const int IdentityIndexes = 1 << 18;

    /// <summary>ipcache entries: Cilium's default map size, and what the template's maps are made for.</summary>
    public const int IpCacheEntries = 512_000;

    /// <summary>Pages of 256 bytes: 1 GiB of tables, well below the 4 GiB an array map may have.</summary>
    public const int Pages = 1 << 22;

    /// <summary>Decision ids: every one has a counter of 16 bytes a CPU.</summary>
    public const int Decisions = 1 << 20;

    /// <summary>Sets of name patterns that some name can match.</summary>
    public const int NameClasses = 4096;

    public static readonly DiagnosticDescriptor TooManyNameClasses = new(
        "NP3002",
        DiagnosticSeverity.Error,
        "Too many combinations of name patterns",
        "the {0} name patterns of the policies overlap in more than {1} ways; write patterns that overlap less");

    public static readonly DiagnosticDescriptor LimitExceeded = new(
        "NP3001",
        DiagnosticSeverity.Error,
        "A table is too large",
        "the policies need {0:N0} {1}, the datapath holds {2:N0}; {3}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [LimitExceeded, TooManyNameClasses, RedirectDecisionTable.Conflict];

    /// <summary>How full each table is.</summary>
    public static IReadOnlyList<(string Name, long Used, long Limit, string Advice)> Measure(PolicyTables tables) =>
    [
        ("cluster identities", tables.Identities.Identities.Count(i => i.Kind == IdentityKind.Labels), ClusterIdentities,
            "select pods by labels with fewer distinct values"),
        ("identity indexes", Indexes(tables.Identities), IdentityIndexes, "merge ipBlocks or name patterns, or split the cluster"),
        ("ipcache entries", tables.Identities.IpCache.Length, IpCacheEntries, "merge ipBlocks, or split the cluster"),
        ("table pages", tables.PageCount, Pages, "merge policies that differ in single ports or addresses"),
        ("decisions", tables.Decisions[^1].Id + 1, Decisions, "merge rules"),
    ];

    public static IEnumerable<Diagnostic> Check(PolicyTables tables) =>
        Measure(tables).Where(m => m.Used > m.Limit).Select(m => LimitExceeded.At(SourceSpan.None, m.Used, m.Name, m.Limit, m.Advice))
            .Concat(tables.Identities.NameClasses.IsComplete
                ? []
                : [TooManyNameClasses.At(tables.Identities.NamePatterns[0].Span, tables.Identities.NamePatterns.Length, NameClasses)]);

    /// <summary>Identities, or what they would be if each class of names had its own in each class of blocks.</summary>
    private static long Indexes(IdentityTable identities) => identities.NameClasses.Classes.IsEmpty ? identities.Identities.Length
        : Math.Max(identities.Identities.Length, (long)identities.NameClasses.Classes.Length * identities.IpCache.Where(e => !e.IsEndpoint).DistinctBy(e => e.IdentityIndex).Count());
}
