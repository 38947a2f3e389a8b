using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline;

/// <summary>
/// All products of one compile. What a stage did not reach is null. Explain, verify, dump and reports are readers of this
/// record, never second pipelines.
/// </summary>
public sealed record Compilation
{
    public ImmutableArray<SourceText> Sources { get; init; } = [];

    public CompilerInput? Input { get; init; }

    public RuleGraph? Graph { get; init; }

    public PolicyTables? Tables { get; init; }

    /// <summary>The program plan of each endpoint policy.</summary>
    public ImmutableArray<ProgramPlan> Plans { get; init; } = [];

    public ImmutableArray<BpfObject> Objects { get; init; } = [];

    public ImmutableArray<MapContents> Maps { get; init; } = [];

    /// <summary>The oldest kernel that the programs were made for; null: none was asked for.</summary>
    public KernelVersion? TargetKernel { get; init; }

    public VerificationReport Verification { get; init; } = VerificationReport.NotRun("not asked for");

    /// <summary>Findings of all stages in order.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    public bool Succeeded => !Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>The object that serves an endpoint policy.</summary>
    public BpfObject ObjectOf(EndpointPolicy policy) => Objects.First(o => o.Plan == Plans[policy.Index]);
}
