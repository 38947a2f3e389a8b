namespace PolicyCompiler.Frontend.Schema;

/// <summary>What becomes of a field that is written.</summary>
internal enum FieldStatus
{
    /// <summary>Verdicts follow it.</summary>
    Compiled,

    /// <summary>A proxy has to enforce it: the verdict leads there, and the bundle has what it must check.</summary>
    Carried,

    /// <summary>No verdict depends on it.</summary>
    Metadata,

    /// <summary>An error.</summary>
    Rejected,
}
