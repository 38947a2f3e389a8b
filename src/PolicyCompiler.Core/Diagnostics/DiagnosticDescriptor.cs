using System.Globalization;

namespace PolicyCompiler.Core.Diagnostics;

/// <summary>What kind of finding it is. Descriptors sit beside the stage that reports them; codes are never reused.</summary>
/// <param name="Code"><c>NP</c> and four digits; the first digit is the stage.</param>
/// <param name="Severity">How bad it is unless the user says otherwise.</param>
/// <param name="Title">A few words, the heading of its page under docs/diagnostics/.</param>
/// <param name="MessageFormat">The message with <c>{0}</c>-style placeholders.</param>
public sealed record DiagnosticDescriptor(string Code, DiagnosticSeverity Severity, string Title, string MessageFormat)
{
    public Diagnostic At(SourceSpan span, params ReadOnlySpan<object?> arguments) =>
        new(this, Severity, span, string.Format(CultureInfo.InvariantCulture, MessageFormat, arguments));
}
