using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>A field of an object.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Type">For a rejected field what it is where it is accepted.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Meaning">One line, for editors and the table of fields; for a rejected field why, and what to write.</param>
internal sealed record PolicyField(string Name, FieldType Type, FieldStatus Status, string Meaning)
{
    public bool IsRequired { get; private init; }

    /// <summary>Accepted, with a warning or without, but no longer to be written.</summary>
    public bool IsDeprecated { get; private init; }

    /// <summary>What a rejected field is reported as; a deprecated one may have a warning.</summary>
    public DiagnosticDescriptor? Finding { get; private init; }

    public static PolicyField Compiled(string name, FieldType type, string meaning) => new(name, type, FieldStatus.Compiled, meaning);

    public static PolicyField Carried(string name, FieldType type, string meaning) => new(name, type, FieldStatus.Carried, meaning);

    public static PolicyField Metadata(string name, FieldType type, string meaning) => new(name, type, FieldStatus.Metadata, meaning);

    public static PolicyField Rejected(string name, FieldType type, DiagnosticDescriptor finding, string meaning) =>
        new(name, type, FieldStatus.Rejected, meaning) { Finding = finding };

    public PolicyField Required() => this with { IsRequired = true };

    public PolicyField Deprecated(DiagnosticDescriptor? warning = null) => this with { IsDeprecated = true, Finding = warning };
}
