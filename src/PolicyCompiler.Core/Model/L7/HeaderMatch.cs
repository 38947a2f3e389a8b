using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.L7;

/// <summary>A header with a value that is stated, or kept in a secret.</summary>
/// <param name="Name">Name of the header.</param>
/// <param name="Value">The value; null when a secret has it, or when presence is enough.</param>
/// <param name="Secret">Where the value is kept.</param>
/// <param name="Mismatch">What to do when the header does not match; null: the request is denied.</param>
/// <param name="Span">The list item.</param>
public sealed record HeaderMatch(string Name, string? Value, SecretReference? Secret, HeaderMismatch? Mismatch, SourceSpan Span);
