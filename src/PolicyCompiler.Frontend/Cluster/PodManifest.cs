using System.Collections.Immutable;
using PolicyCompiler.Frontend.Objects;

namespace PolicyCompiler.Frontend.Cluster;

/// <param name="Metadata">Its metadata.</param>
/// <param name="Template">Its labels and spec.</param>
/// <param name="Addresses">IPv4 first; empty when it states none.</param>
/// <param name="IsFinished">Succeeded or Failed: its address may already be another pod's.</param>
internal sealed record PodManifest(ObjectMetadata Metadata, PodTemplate Template, ImmutableArray<StatedAddress> Addresses, bool IsFinished);
