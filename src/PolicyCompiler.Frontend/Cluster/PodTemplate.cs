using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>What a pod and the template of a workload have in common.</summary>
internal sealed record PodTemplate(
    LabelSet Labels,
    ImmutableArray<NamedPort> NamedPorts,
    ImmutableArray<NamedPort> DeclaredPorts,
    bool HostNetwork,
    string? NodeName,
    string? ServiceAccount);
