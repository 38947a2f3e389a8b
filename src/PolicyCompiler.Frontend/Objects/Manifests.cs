using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Cluster;

namespace PolicyCompiler.Frontend.Objects;

/// <summary>The objects of one file, in the order written.</summary>
internal sealed class Manifests
{
    public List<PolicyObject> Policies { get; } = [];

    public List<Namespace> Namespaces { get; } = [];

    public List<PodManifest> Pods { get; } = [];

    public List<WorkloadManifest> Workloads { get; } = [];

    public List<Service> Services { get; } = [];

    public List<ServiceBackends> Backends { get; } = [];

    public List<Node> Nodes { get; } = [];

    public List<CidrGroup> CidrGroups { get; } = [];

    public List<IdentityManifest> Identities { get; } = [];

    public List<EndpointIdentity> EndpointIdentities { get; } = [];

    public List<OtherKind> Others { get; } = [];

    public void Add(Manifests other)
    {
        Policies.AddRange(other.Policies);
        Namespaces.AddRange(other.Namespaces);
        Pods.AddRange(other.Pods);
        Workloads.AddRange(other.Workloads);
        Services.AddRange(other.Services);
        Backends.AddRange(other.Backends);
        Nodes.AddRange(other.Nodes);
        CidrGroups.AddRange(other.CidrGroups);
        Identities.AddRange(other.Identities);
        EndpointIdentities.AddRange(other.EndpointIdentities);
        Others.AddRange(other.Others);
    }
}
