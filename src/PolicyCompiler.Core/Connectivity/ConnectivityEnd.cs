using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>One end of a row of the listing. Rows are in ordinal order of <see cref="Text"/>.</summary>
public abstract record ConnectivityEnd
{
    private ConnectivityEnd(string text) => Text = text;

    /// <summary>What it is called in every output.</summary>
    public string Text { get; }

    public sealed override string ToString() => Text;

    /// <summary>What a pod belongs to.</summary>
    public static ConnectivityEnd Of(Endpoint pod, ConnectivityLevel level) => level switch
    {
        ConnectivityLevel.Namespace => new WholeNamespace(pod.Namespace),
        ConnectivityLevel.Pod when !pod.StandsForPods => new Workload(pod.Namespace, pod.Name, "Pod"),
        _ => Workload.Of(pod),
    };

    /// <summary>The pods of a workload, or a pod without one: <c>namespace/name[Kind]</c>.</summary>
    public sealed record Workload(string Namespace, string Name, string Kind) : ConnectivityEnd($"{Namespace}/{Name}[{Kind}]")
    {
        public static Workload Of(Endpoint pod) => new(pod.Namespace, pod.WorkloadName, pod.WorkloadKind);
    }

    /// <summary>All pods of a namespace, as <c>name[Namespace]</c>.</summary>
    public sealed record WholeNamespace(string Name) : ConnectivityEnd($"{Name}[Namespace]");

    /// <summary>A service, as <c>namespace/name[Service]</c>.</summary>
    public sealed record Service(string Namespace, string Name) : ConnectivityEnd($"{Namespace}/{Name}[Service]");

    /// <summary>Addresses that are no pod's: <c>first-last[External]</c>, both included. A pod's address may lie between them.</summary>
    public sealed record Addresses(IpAddress First, IpAddress Last) : ConnectivityEnd($"{First}-{Last}[External]")
    {
        public bool Contains(IpAddress address) =>
            address.Family == First.Family && First.Value <= address.Value && address.Value <= Last.Value;
    }
}
