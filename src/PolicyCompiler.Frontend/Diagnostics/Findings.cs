using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>The findings of one file, in the order they are met.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> _diagnostics = [];

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<object?> arguments) =>
        _diagnostics.Add(descriptor.At(span, arguments));

    /// <summary>Reports at a node; the node's path becomes argument 0 of the message.</summary>
    public void ReportField(DiagnosticDescriptor descriptor, YamlNode node, params ReadOnlySpan<object?> arguments) =>
        _diagnostics.Add(descriptor.At(node.Span, [YamlPath.Of(node), .. arguments]));
}
