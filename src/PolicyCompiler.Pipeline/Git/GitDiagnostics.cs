using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Git;

public static class GitDiagnostics
{
    public static readonly DiagnosticDescriptor Failed = new(
        "NP0050",
        DiagnosticSeverity.Error,
        "git cannot be asked",
        "git cannot read '{0}': {1}");

    public static readonly DiagnosticDescriptor UnknownRevision = new(
        "NP0051",
        DiagnosticSeverity.Error,
        "Unknown revision",
        "'{0}' names no revision of this repository: {1}; fetch it, or name one of 'git log'");

    public static readonly DiagnosticDescriptor PathNotInRevision = new(
        "NP0052",
        DiagnosticSeverity.Warning,
        "Path is not in the revision",
        "revision '{0}' has no YAML or JSON file at '{1}', so that side has none of its policies");

    public static readonly DiagnosticDescriptor SymbolicLink = new(
        "NP0053",
        DiagnosticSeverity.Warning,
        "Symbolic link in a revision",
        "'{0}' is a symbolic link in the revision, and is left out; name what it points to");

    public static readonly DiagnosticDescriptor Submodule = new(
        "NP0061",
        DiagnosticSeverity.Warning,
        "Submodule in a revision",
        "'{0}' is a submodule in the revision, and is left out; compare directories instead of revisions");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [Failed, UnknownRevision, PathNotInRevision, SymbolicLink, Submodule];

    /// <summary>Whether the finding says that a revision lacks policies that a working tree would have.</summary>
    public static bool IsIncomplete(Diagnostic diagnostic) => diagnostic.Descriptor == PathNotInRevision || diagnostic.Descriptor == SymbolicLink || diagnostic.Descriptor == Submodule;
}
