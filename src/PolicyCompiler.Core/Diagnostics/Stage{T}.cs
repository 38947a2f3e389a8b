using System.Collections.Immutable;

namespace PolicyCompiler.Core.Diagnostics;

/// <summary>What one compile stage gives: a value or nothing, and its own findings.</summary>
public sealed record Stage<T>(T? Value, ImmutableArray<Diagnostic> Diagnostics)
    where T : class
{
    /// <summary>True when there is a value and no finding is an error, so that the next stage may run.</summary>
    public bool Succeeded => Value is not null && !Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
