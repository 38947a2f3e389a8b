using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>One end of a row of the listing. Rows are in ordinal order of <see cref="Text"/>.</summary>
public abstract record ConnectivityEnd
{
    private ConnectivityEnd(string text) => Text = text;

    /// <summary>What it is called in every output.</summary>
    public string Text { get; }

    public sealed override string ToString() => Text;

    /// <summary>The pods of a workload, or a pod without one: <c>namespace/name[Kind]</c>.</summary>
    public sealed record Workload(string Namespace, string Name, string Kind) : ConnectivityEnd($"{Namespace}/{Name}[{Kind}]")
    {
        public static Workload Of(Endpoint pod) => new(pod.Namespace, pod.WorkloadName, pod.WorkloadKind);
    }

    /// <summary>A service, as <c>namespace/name[Service]</c>.</summary>
    public sealed record Service(string Namespace, string Name) : ConnectivityEnd($"{Namespace}/{Name}[Service]");

    /// <summary>Addresses that are no pod's: <c>first-last[External]</c>, both included. A pod's address may lie between them.</summary>
    public sealed record Addresses(IpAddress First, IpAddress Last) : ConnectivityEnd($"{First}-{Last}[External]");
}
