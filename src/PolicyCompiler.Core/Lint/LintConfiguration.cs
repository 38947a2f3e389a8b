using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Lint;

/// <summary>What a project wants of lint.</summary>
/// <param name="Severities">By code; null: off. Codes that are not in it keep their own.</param>
public sealed record LintConfiguration(ImmutableDictionary<string, DiagnosticSeverity?> Severities)
{
    public static LintConfiguration Default { get; } = new(ImmutableDictionary.Create<string, DiagnosticSeverity?>(StringComparer.Ordinal));

    /// <summary>With the severity that is wanted; null: it is off.</summary>
    public Diagnostic? Apply(Diagnostic diagnostic) =>
        !Severities.TryGetValue(diagnostic.Code, out var wanted) ? diagnostic : wanted is { } severity ? diagnostic with { Severity = severity } : null;
}
