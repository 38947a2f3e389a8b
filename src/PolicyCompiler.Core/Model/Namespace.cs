using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <param name="Name">Its name.</param>
/// <param name="Labels">Always with <c>kubernetes.io/metadata.name</c>, which the API server puts on every namespace.</param>
/// <param name="IsImplied">True when no input states it: some object or policy only mentions its name.</param>
/// <param name="Span">Where it is stated.</param>
public sealed record Namespace(string Name, LabelSet Labels, bool IsImplied, SourceSpan Span)
{
    public const string NameLabel = "kubernetes.io/metadata.name";
}
