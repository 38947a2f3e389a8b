using PolicyCompiler.Frontend.Objects;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>An object that makes pods from a template.</summary>
internal sealed record WorkloadManifest(string Kind, ObjectMetadata Metadata, PodTemplate Template);
