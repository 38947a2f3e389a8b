using System.Globalization;

namespace PolicyCompiler.Core.Diagnostics;

/// <summary>One finding.</summary>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, DiagnosticSeverity Severity, SourceSpan Span, string Message)
{
    /// <summary>Further lines for the reader, such as the lines of a verifier log that led to the finding.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public string Code => Descriptor.Code;

    /// <summary>
    /// The canonical one-line form that MSBuild, editors and CI systems recognise:
    /// <c>path(line,column): error NP2003: message</c>.
    /// </summary>
    public override string ToString()
    {
        var where = Span.Source is null ? "policyc"
            : Span.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Span.Source.Path}({Span.Line},{Math.Max(1, Span.Column)})")
            : Span.Source.Path;
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        return $"{where}: {severity} {Code}: {Message}";
    }
}
