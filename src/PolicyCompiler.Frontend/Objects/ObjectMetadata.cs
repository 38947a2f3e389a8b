using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Frontend.Objects;

/// <param name="Namespace">metadata.namespace; <c>default</c> when absent.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="Labels">metadata.labels.</param>
/// <param name="Owner">The owner reference that is the controller, if any.</param>
/// <param name="Span">Where the name stands.</param>
internal sealed record ObjectMetadata(string Namespace, string Name, LabelSet Labels, WorkloadReference? Owner, SourceSpan Span);
