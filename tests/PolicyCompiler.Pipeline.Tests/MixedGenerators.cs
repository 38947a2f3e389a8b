using System.Collections.Immutable;
using CsCheck;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Random small clusters with nodes, services, groups and names, and policies of all kinds together.</summary>
internal static class MixedGenerators
{
    /// <summary>A node that pods name and no input states.</summary>
    private const string UnknownNode = "ghost";

    private static readonly Gen<string[]> NamespaceNames = Gen.Int[2, 3].Select(n => Generators.Names[..n]);

    private static readonly Gen<(LabelSet Labels, bool SecondAddress, int Families)> NodeDraft =
        Gen.Select(Generators.Labels, Gen.Bool, Gen.Int[1, 3], (labels, second, families) => (labels, second, families));

    private static readonly Gen<(LabelSet Labels, NamedPort[] Ports, int Families)> PodDraft =
        Gen.Select(Generators.Labels, Generators.NamedPort.Array[0, 2], Gen.Int[1, 3], (labels, ports, families) => (labels, ports, families));

    /// <summary>One in eight runs in its node's network, and one in eight stands for several.</summary>
    private static readonly Gen<(int Namespace, string? Node, int Way, string? Account)> PodPlace = Gen.Select(
        Gen.Int[0, 5], Gen.OneOf<string?>(null, "node0", "node0", "node1", UnknownNode), Gen.Int[0, 7], Gen.OneOf<string?>(null, "robot"),
        (ns, node, way, account) => (ns, node, way, account));

    /// <summary>Addresses of pods, of nodes, near them, and elsewhere.</summary>
    private static readonly Gen<IpAddress> AnyAddress =
        Gen.OneOf("10.0.0.1", "10.0.0.20", "10.0.0.24", "10.0.0.26", "10.0.0.27", "192.0.2.1", "2001:db8::2", "2001:db8::18").Select(IpAddress.Parse);

    private static readonly Gen<CidrGroup[]> Groups = Gen.Select(Generators.Labels, Generators.Prefix.Array[0, 2]).Array[0, 2].Select(groups =>
        groups.Select((g, i) => new CidrGroup($"group{i}", g.Item1, [.. g.Item2], SourceSpan.None)).ToArray());

    private static readonly Gen<Service[]> Services = Gen.Select(
        Gen.Select(Gen.OneOf(Generators.Names), Generators.Labels, Generators.Labels, AnyAddress.Array[0, 2]).Array[0, 2], Gen.Bool, AnyAddress.Array[0, 2],
        (drafts, apiServer, backends) =>
        {
            var services = drafts.Select((d, i) => Service(d.Item1, $"service{i}", d.Item2, d.Item3, d.Item3.Count == 0 ? d.Item4 : []));
            return (apiServer ? services.Append(Service("default", "kubernetes", LabelSet.Empty, LabelSet.Empty, backends)) : services)
                .OrderBy(s => s.Namespace, StringComparer.Ordinal).ThenBy(s => s.Name, StringComparer.Ordinal).ToArray();
        });

    private static readonly Gen<DnsRecord[]> Records = AnyAddress.Array[0, 2].Array[0, 2].Select(answers =>
        answers.Select((a, i) => new DnsRecord(CiliumGenerators.DnsNames[i], [.. a.Distinct().Order()])).ToArray());

    private static readonly Gen<ClusterView> Cluster = Gen.Select(
        Gen.Select(NamespaceNames, Generators.Labels.Array[3]), NodeDraft.Array[0, 2], Gen.Select(PodDraft, PodPlace).Array[1, 6], Gen.Select(Groups, Services, Records),
        (namespaces, nodeDrafts, pods, rest) =>
        {
            ImmutableArray<Node> nodes = [.. nodeDrafts.Select(Node)];
            var names = namespaces.Item1;
            return new ClusterView
            {
                Namespaces = [.. names.Select((name, i) => new Namespace(name, namespaces.Item2[i].WithDefault(Namespace.NameLabel, name), false, SourceSpan.None))],
                Nodes = nodes,
                Endpoints =
                [
                    .. pods.Select((p, i) => Pod(p.Item1, p.Item2, i, names, nodes))
                        .OrderBy(e => e.Namespace, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal),
                ],
                CidrGroups = [.. rest.Item1],
                Services = [.. rest.Item2],
                DnsRecords = [.. rest.Item3],
            };
        });

    /// <summary>With proxies and authentication.</summary>
    public static Gen<CompilerInput> Input { get; } = InputOf(CiliumGenerators.Policy(proxies: true));

    /// <summary>Without proxies and authentication.</summary>
    public static Gen<CompilerInput> PlainInput { get; } = InputOf(CiliumGenerators.Policy(proxies: false));

    private static Gen<CompilerInput> InputOf(Gen<CiliumPolicy> cilium) => Gen.Select(
        Cluster, Generators.Policy.Array[0, 2], cilium.Array[0, 4], AdminGenerators.Policies, (cluster, network, ciliumPolicies, admin) => new CompilerInput(
            new PolicySet(
            [
                .. network.Where(p => cluster.Namespaces.Any(n => n.Name == p.Namespace)).Select((p, i) => p with { Name = $"p{i}" })
                    .Concat<PolicyObject>(ciliumPolicies.Select((p, i) => p with { Name = $"c{i}" }))
                    .Concat(admin)
                    .OrderBy(p => p.Kind, StringComparer.Ordinal).ThenBy(p => p.Namespace, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal),
            ]),
            cluster));

    private static Node Node((LabelSet Labels, bool SecondAddress, int Families) draft, int index)
    {
        var addresses = new List<string>();
        if ((draft.Families & 1) != 0)
        {
            addresses.Add($"10.0.0.{24 + index}");
            addresses.AddRange(draft.SecondAddress ? [$"10.0.0.{26 + index}"] : []);
        }

        if ((draft.Families & 2) != 0)
        {
            addresses.Add($"2001:db8::{18 + index}");
        }

        return new Node($"node{index}", draft.Labels, [.. addresses.Select(IpAddress.Parse)], SourceSpan.None);
    }

    private static Endpoint Pod(
        (LabelSet Labels, NamedPort[] Ports, int Families) pod, (int Namespace, string? Node, int Way, string? Account) place, int index,
        string[] namespaces, ImmutableArray<Node> nodes)
    {
        var own = nodes.FirstOrDefault(n => n.Name == place.Node);
        // A pod of an unknown node shows the address of a node that no input states.
        ImmutableArray<IpAddress> hostAddresses = own is null ? [IpAddress.Parse($"10.0.0.{28 + (index % 2)}")] : [.. own.Addresses.TakeLast(1)];
        return new Endpoint
        {
            Namespace = namespaces[place.Namespace % namespaces.Length],
            Name = $"pod{index}",
            WorkloadKind = "Pod",
            WorkloadName = $"pod{index}",
            Labels = pod.Labels,
            ServiceAccount = place.Account,
            NamedPorts = [.. pod.Ports.Distinct().OrderBy(x => x.Name, StringComparer.Ordinal).ThenBy(x => x.Protocol).ThenBy(x => x.Number)],
            NodeName = place.Node,
            HostNetwork = place.Way == 0,
            StandsForPods = place.Way == 1,
            Addresses = place.Way == 0
                ? hostAddresses
                : [.. new[] { (1, $"10.0.0.{index + 1}"), (2, $"2001:db8::{index + 1}") }.Where(a => (pod.Families & a.Item1) != 0).Select(a => IpAddress.Parse(a.Item2))],
            Span = SourceSpan.None,
        };
    }

    private static Service Service(string ns, string name, LabelSet labels, LabelSet selector, IEnumerable<IpAddress> backends) => new()
    {
        Namespace = ns,
        Name = name,
        Labels = labels,
        Type = "ClusterIP",
        ClusterAddresses = [],
        ExternalAddresses = [],
        Selector = selector,
        Ports = [],
        BackendAddresses = [.. backends.Distinct().Order()],
        Span = SourceSpan.None,
    };
}
