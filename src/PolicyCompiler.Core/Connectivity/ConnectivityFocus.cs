using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>The part of a report that concerns a pod, a workload, a namespace or an address.</summary>
public sealed class ConnectivityFocus
{
    /// <summary>What a focus can be written as.</summary>
    public const string Forms = "namespace, namespace/name, namespace/name[Kind], or ip:ADDRESS";

    private readonly HashSet<ConnectivityEnd> _ends;
    private readonly string _name;
    private readonly IpAddress? _address;

    private ConnectivityFocus(HashSet<ConnectivityEnd> ends, string name, IpAddress? address, Direction? direction)
    {
        _ends = ends;
        _name = name;
        _address = address;
        OnlyDirection = direction;
    }

    /// <summary>Only into it, or only out of it; null: both.</summary>
    public Direction? OnlyDirection { get; }

    /// <param name="graph">The graph that the report is of.</param>
    /// <param name="report">The report.</param>
    /// <param name="name">In one of the <see cref="Forms"/>. A pod stands for the end that it is part of.</param>
    /// <param name="direction">Only connections into it, or only those out of it; null: both.</param>
    /// <returns>Null if there is nothing of that name.</returns>
    public static ConnectivityFocus? Find(RuleGraph graph, ConnectivityReport report, string name, Direction? direction)
    {
        IpAddress? address = null;
        if (name.StartsWith("ip:", StringComparison.Ordinal))
        {
            if (!IpAddress.TryParse(name[3..], out var parsed))
            {
                return null;
            }

            address = parsed;
        }

        var pods = graph.Cluster.Endpoints.Where(e => !e.IsNode && (address is { } known ? e.Addresses.Contains(known) : IsNamed(e, name)));
        var named = pods.Select(p => ConnectivityEnd.Of(p, report.Options.Level)).ToHashSet();
        // By reference: a report has one object an end, and rows are many.
        var ends = report.Ends.Where(named.Contains).ToHashSet<ConnectivityEnd>(ReferenceEqualityComparer.Instance);
        return ends.Count > 0 || address is not null || graph.Cluster.Services.Any(s => IsNamed(s, name))
            ? new ConnectivityFocus(ends, name, address, direction)
            : null;
    }

    public bool Shows(ConnectivityRow row) =>
        (OnlyDirection != Direction.Ingress && Is(row.Source)) || (OnlyDirection != Direction.Egress && Is(row.Destination));

    public bool Shows(ServiceConnectivityRow row) =>
        (OnlyDirection != Direction.Ingress && Is(row.Source)) || (OnlyDirection != Direction.Egress && Is(row.Service));

    /// <summary>What an end opens in a direction.</summary>
    public bool Shows(ConnectivityEnd end, Direction direction) => (OnlyDirection ?? direction) == direction && Is(end);

    public bool Is(ConnectivityEnd end) => end switch
    {
        ConnectivityEnd.Addresses range => _address is { } address && range.Contains(address),
        ConnectivityEnd.Service service => service.Text == _name || service.Namespace == _name || $"{service.Namespace}/{service.Name}" == _name,
        _ => _ends.Contains(end),
    };

    private static bool IsNamed(Endpoint pod, string name) => pod.Namespace == name || pod.Reference == name
        || (name.Contains('/', StringComparison.Ordinal)
            && (name == $"{pod.Namespace}/{pod.WorkloadName}" || name == $"{pod.Namespace}/{pod.Name}[Pod]" || name == ConnectivityEnd.Workload.Of(pod).Text));

    private static bool IsNamed(Service service, string name) =>
        name == $"{service.Namespace}/{service.Name}" || name == $"{service.Namespace}/{service.Name}[Service]";
}
