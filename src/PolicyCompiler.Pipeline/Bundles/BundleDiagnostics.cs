using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Bundles;

public static class BundleDiagnostics
{
    public static readonly DiagnosticDescriptor NotABundle = new(
        "NP7001",
        DiagnosticSeverity.Error,
        "Output directory is something else",
        "'{0}' exists and is not a bundle (it lacks " + BundleLayout.Manifest + " or " + BundleLayout.MapsBinary + "), so it is not replaced; name another directory or remove it");

    public static readonly DiagnosticDescriptor NotWritten = new(
        "NP7002",
        DiagnosticSeverity.Error,
        "Bundle cannot be written",
        "the bundle cannot be written to '{0}': {1}");

    public static readonly DiagnosticDescriptor NotReadable = new(
        "NP7003",
        DiagnosticSeverity.Error,
        "Not a bundle",
        "'{0}' is not a bundle that this version reads: {1}");

    public static readonly DiagnosticDescriptor HashMismatch = new(
        "NP7004",
        DiagnosticSeverity.Error,
        "Bundle was changed",
        "'{0}' does not have the content that the manifest of its bundle says; compile again");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [NotABundle, NotWritten, NotReadable, HashMismatch];
}
