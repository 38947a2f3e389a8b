using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Pipeline;

/// <summary>What to compile, and how far.</summary>
/// <param name="Paths">Files, directories, or <c>-</c>.</param>
/// <param name="Options">Readings on which network plugins differ.</param>
/// <param name="Until">The last stage to run.</param>
public sealed record CompileRequest(ImmutableArray<string> Paths, GraphOptions Options, CompileStage Until)
{
    /// <summary>Files and directories to compile besides, which are no part of what a revision is asked for.</summary>
    public ImmutableArray<string> With { get; init; } = [];

    /// <summary>A file of DNS records (<see cref="Inputs.DnsRecordsReader"/>); null: no address of a name is known.</summary>
    public string? DnsRecords { get; init; }

    /// <summary>Told in a few words what is being done; called from several threads.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>The directory that logical paths of the files below it are relative to; null: what the arguments name.</summary>
    public string? Root { get; init; }

    /// <summary>The oldest kernel that has to take the programs; null: they use what they can.</summary>
    public KernelVersion? TargetKernel { get; init; }

    /// <summary>Texts that were read already; null: those of <see cref="Paths"/>.</summary>
    public Stage<IReadOnlyList<SourceText>>? Texts { get; init; }
}
