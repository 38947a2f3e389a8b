using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Tests.Semantics;

/// <summary>
/// Two namespaces, three pods, two nodes, and policies under test. Every decision is asked of the rule graph and of the
/// tables, which must not differ.
/// </summary>
internal sealed class Scenario
{
    /// <summary>The pod that policies are for.</summary>
    public const string Subject = "ns/subject";

    /// <summary>A pod of the same namespace.</summary>
    public const string Near = "ns/near";

    /// <summary>A pod of the other namespace.</summary>
    public const string Far = "other/far";

    /// <summary>A second address of the subject's node: the one towards its pods is let in before policy is asked.</summary>
    public const string Host = "172.16.0.11";

    /// <summary>The address of the subject's node towards its pods.</summary>
    public const string HostTowardsPods = "172.16.0.1";

    public const string RemoteNode = "172.16.0.2";

    public const string Outside = "192.0.2.1";

    public static readonly ImmutableArray<string> Peers = [Near, Far, Host, RemoteNode, Outside];

    private readonly PolicyTables _tables;
    private readonly FlowEvaluator _evaluator;

    public Scenario(params PolicyObject[] policies)
        : this(Cluster, policies)
    {
    }

    public Scenario(ClusterView cluster, params PolicyObject[] policies)
    {
        var graph = RuleGraphBuilder.Build(new CompilerInput(new PolicySet([.. policies]), cluster), new GraphOptions());
        Diagnostics = graph.Diagnostics;
        Graph = graph.Value!;
        _tables = PolicyTablesBuilder.Build(Graph).Value!;
        _evaluator = new FlowEvaluator(Graph);
    }

    public static ClusterView Cluster { get; } = new()
    {
        Namespaces = [Namespace("ns", "red"), Namespace("other", "blue")],
        Nodes =
        [
            new Node("node1", Labels(("zone", "a")), [IpAddress.Parse(HostTowardsPods), IpAddress.Parse(Host)], SourceSpan.None),
            new Node("node2", Labels(("zone", "b")), [IpAddress.Parse(RemoteNode)], SourceSpan.None),
        ],
        Endpoints = [Pod("ns", "near", "10.0.0.2"), Pod("ns", "subject", "10.0.0.1"), Pod("other", "far", "10.0.0.3")],
    };

    public RuleGraph Graph { get; }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The peers that may open a connection to the subject.</summary>
    public IEnumerable<string> AllowedFrom(int port = 80, IpProtocol protocol = IpProtocol.Tcp) =>
        Peers.Where(p => Decide(p, Subject, port, protocol).Ingress.Allowed);

    /// <summary>The peers that the subject may open a connection to.</summary>
    public IEnumerable<string> AllowedTo(int port = 80, IpProtocol protocol = IpProtocol.Tcp) =>
        Peers.Where(p => Decide(Subject, p, port, protocol).Egress.Allowed);

    public FlowDecision Decide(string from, string to, int port = 80, IpProtocol protocol = IpProtocol.Tcp)
    {
        var flow = new Flow(End(from), End(to), AddressFamily.IPv4, protocol, port);
        var decision = _evaluator.Evaluate(flow);
        AssertTables(flow.Source, flow.Destination, decision.Egress, flow);
        AssertTables(flow.Destination, flow.Source, decision.Ingress, flow);
        return decision;
    }

    /// <summary>For ends that only the graph knows, such as entities.</summary>
    public FlowDecision Decide(FlowPeer from, FlowPeer to, int port = 80) => _evaluator.Evaluate(new Flow(from, to, AddressFamily.IPv4, IpProtocol.Tcp, port));

    public FlowPeer End(string text) => IpAddress.TryParse(text, out var address)
        ? new FlowPeer(Graph.EndpointAt(address), address)
        : Graph.Cluster.Endpoints.Where(e => e.Reference == text).Select(e => new FlowPeer(e, e.Address(AddressFamily.IPv4))).Single();

    public static LabelSet Labels(params (string Key, string Value)[] labels) => new(labels.Select(l => KeyValuePair.Create(l.Key, l.Value)));

    private void AssertTables(FlowPeer local, FlowPeer remote, SideDecision side, Flow flow)
    {
        if (side.Reason is DecisionReason.NotAnEndpoint or DecisionReason.Loopback
            || (local.Endpoint ?? Graph.SubjectAt(local.Address!.Value)) is not { } subject)
        {
            return;
        }

        var word = new TableEvaluator(_tables).Evaluate(
            Graph.Cluster.Endpoints.IndexOf(subject), side.Direction, remote.Address!.Value, PortKey.Of(flow.Protocol, flow.Port));
        Assert.True(side.Allowed == (word.Action != VerdictAction.Drop), $"{flow} {side.Direction}: graph {side.Reason}, tables {word}");
    }

    private static Namespace Namespace(string name, string team) =>
        new(name, Labels((Model.Namespace.NameLabel, name), ("team", team)), false, SourceSpan.None);

    private static Endpoint Pod(string ns, string name, string address) => new()
    {
        Namespace = ns,
        Name = name,
        WorkloadKind = "Pod",
        WorkloadName = name,
        Labels = Labels(("app", name)),
        NamedPorts = [new NamedPort("http", IpProtocol.Tcp, 80)],
        NodeName = "node1",
        Addresses = [IpAddress.Parse(address)],
        Span = SourceSpan.None,
    };
}
