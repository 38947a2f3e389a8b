using System.Globalization;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Explain;

/// <summary>Writes what a policy of NetworkPolicy's or Cilium's kinds would have to say to allow a flow.</summary>
internal static class SuggestedRule
{
    private const string NamespaceNameLabel = "kubernetes.io/metadata.name";

    /// <summary>Labels by which people tell workloads apart, the most usual first.</summary>
    private static readonly string[] Telling = ["app.kubernetes.io/name", "app", "k8s-app", "name", "component", "run"];

    /// <summary>Labels that controllers write and that change with every rollout.</summary>
    private static readonly string[] Passing = ["pod-template-hash", "controller-revision-hash", "pod-template-generation", "statefulset.kubernetes.io/pod-name"];

    /// <returns>Null when the policy's kind cannot say it.</returns>
    public static Remedy? For(RuleGraph graph, PolicyNode policy, Flow flow, Direction direction)
    {
        var isCilium = IsCilium(policy);
        var remote = flow.Remote(direction);
        var peer = isCilium ? CiliumPeer(policy, direction, remote) : Peer(policy, direction, remote);
        if (peer is null)
        {
            return null;
        }

        var port = PortOf(policy, flow);
        var ports = port is null ? "" : isCilium ? flow.Protocol.IsIcmp() ? $", icmps: [{{fields: [{port}]}}]" : $", toPorts: [{{ports: [{port}]}}]" : $", ports: [{port}]";
        var others = remote.Endpoint is { } pod ? Others(graph, policy, pod) : "";
        return new Remedy(
            RemedyKind.AddRule,
            $"add a rule to {policy.Kind} {policy.Reference} under {direction.Word()}{others}{(port is null ? "; it is for every port" : "")}",
            policy.Span,
            $"- {{{peer}{ports}}}");
    }

    /// <summary>An item of <c>ports</c>; null when the kind has no word for it.</summary>
    public static string? PortOf(PolicyNode policy, Flow flow) => (IsCilium(policy), flow.Protocol) switch
    {
        (false, IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp) => Text($"{{protocol: {flow.Protocol.Name()}, port: {flow.Port}}}"),
        (true, IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp) => Text($"{{port: \"{flow.Port}\", protocol: {flow.Protocol.Name()}}}"),
        (true, IpProtocol.Icmp) => Text($"{{family: IPv4, type: {flow.Port}}}"),
        (true, IpProtocol.IcmpV6) => Text($"{{family: IPv6, type: {flow.Port}}}"),
        _ => null,
    };

    private static bool IsCilium(PolicyNode policy) => policy.Kind.StartsWith("Cilium", StringComparison.Ordinal);

    private static string? Peer(PolicyNode policy, Direction direction, FlowPeer remote)
    {
        var field = direction == Direction.Ingress ? "from" : "to";
        if (remote.Endpoint is { } pod)
        {
            var ns = pod.Namespace == policy.Namespace ? "" : $"namespaceSelector: {{matchLabels: {{{NamespaceNameLabel}: {pod.Namespace}}}}}, ";
            return $"{field}: [{{{ns}podSelector: {Selector(pod)}}}]";
        }

        return remote.Address is { } address ? $"{field}: [{{ipBlock: {{cidr: {Block(address)}}}}}]" : null;
    }

    private static string? CiliumPeer(PolicyNode policy, Direction direction, FlowPeer remote)
    {
        var field = direction == Direction.Ingress ? "from" : "to";
        if (remote.Endpoint is { } pod)
        {
            var ns = pod.Namespace == policy.Namespace ? null : $"k8s:io.kubernetes.pod.namespace: {pod.Namespace}";
            var labels = string.Join(", ", new[] { ns, LabelOf(pod) }.OfType<string>());
            return $"{field}Endpoints: [{(labels.Length == 0 ? "{}" : $"{{matchLabels: {{{labels}}}}}")}]";
        }

        return remote switch
        {
            { Name: { } name } when direction == Direction.Egress => $"toFQDNs: [{{matchName: {name}}}]",
            { Address: { } address } => $"{field}CIDR: [{Block(address)}]",
            { Entity: { } entity } => $"{field}Entities: [{entity.Name()}]",
            _ => null,
        };
    }

    private static string Selector(Endpoint pod) => LabelOf(pod) is { } label ? $"{{matchLabels: {{{label}}}}}" : "{}";

    private static KeyValuePair<string, string>? Tell(Endpoint pod)
    {
        var labels = pod.Labels.Where(l => !Passing.Contains(l.Key)).ToList();
        return labels.Count == 0 ? null : labels.MinBy(l => Array.IndexOf(Telling, l.Key) is >= 0 and var place ? place : Telling.Length);
    }

    private static string? LabelOf(Endpoint pod) => Tell(pod) is { } label ? $"{label.Key}: {Quoted(label.Value)}" : null;

    /// <summary>How many more pods the suggested peer selects.</summary>
    private static string Others(RuleGraph graph, PolicyNode policy, Endpoint pod)
    {
        var label = Tell(pod);
        var count = graph.Cluster.Endpoints.Count(e => !ReferenceEquals(e, pod) && !e.HostNetwork && !e.IsNode && e.Namespace == pod.Namespace
            && (label is null || e.Labels.Find(label.Value.Key) == label.Value.Value));
        return count == 0 ? "" : Text($"; it is for {count} more pod{(count == 1 ? "" : "s")} of {pod.Namespace} too");
    }

    private static string Block(IpAddress address) => address.Family == AddressFamily.IPv4 ? $"{address}/32" : $"\"{address}/128\"";

    /// <summary>Label values that YAML takes for something else than text.</summary>
    private static string Quoted(string value) =>
        value.Length == 0 || !char.IsAsciiLetter(value[0]) || value.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "null" or "y" or "n"
            ? $"\"{value}\""
            : value;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
