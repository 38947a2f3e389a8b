using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Comparison;

/// <summary>One side, compiled.</summary>
/// <param name="Tables">Null after an error.</param>
/// <param name="Diagnostics">Its findings.</param>
public sealed record ComparedSide(PolicyTables? Tables, ImmutableArray<Diagnostic> Diagnostics)
{
    public bool Succeeded => Tables is not null && !Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
