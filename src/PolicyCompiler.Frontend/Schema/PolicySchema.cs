namespace PolicyCompiler.Frontend.Schema;

/// <summary>The description of one kind.</summary>
/// <param name="Kind">As in <c>kind</c>.</param>
/// <param name="ApiVersions">The versions that are read.</param>
/// <param name="Root">The whole object.</param>
internal sealed record PolicySchema(string Kind, IReadOnlyList<string> ApiVersions, ObjectType Root);
