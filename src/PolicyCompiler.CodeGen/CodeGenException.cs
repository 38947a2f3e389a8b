using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.CodeGen;

/// <summary>Ends one Generate call; it never leaves the assembly.</summary>
internal sealed class CodeGenException(DiagnosticDescriptor descriptor, params object?[] arguments) : Exception(descriptor.Title)
{
    public Diagnostic Diagnostic { get; } = descriptor.At(SourceSpan.None, arguments);
}
