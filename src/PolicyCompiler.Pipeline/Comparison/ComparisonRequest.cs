using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Pipeline.Comparison;

/// <summary>What to compare.</summary>
/// <param name="Old">The old side.</param>
/// <param name="New">The new side.</param>
/// <param name="With">Files and directories that both sides have besides, such as the cluster's workloads; bundles and what was compiled have their own.</param>
/// <param name="Options">Readings on which network plugins differ.</param>
/// <param name="DnsRecords">A file of DNS records for both sides; null: none.</param>
public sealed record ComparisonRequest(ComparedInput Old, ComparedInput New, ImmutableArray<string> With, GraphOptions Options, string? DnsRecords)
{
    /// <summary>Told in a few words what is being done.</summary>
    public Action<string>? Progress { get; init; }
}
