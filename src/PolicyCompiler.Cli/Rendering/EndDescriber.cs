using System.Globalization;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>What the compiler knows of an end of a flow: who it is, its labels, its identity.</summary>
internal sealed class EndDescriber
{
    private readonly PolicyTables _tables;
    private readonly TableEvaluator _evaluator;
    private readonly Dictionary<string, int> _indexes;

    public EndDescriber(PolicyTables tables)
    {
        _tables = tables;
        _evaluator = new TableEvaluator(tables);
        var endpoints = tables.Graph.Cluster.Endpoints;
        _indexes = Enumerable.Range(0, endpoints.Length).Where(i => !endpoints[i].IsNode).ToDictionary(i => endpoints[i].Reference, StringComparer.Ordinal);
    }

    /// <summary>Null for an end without address that is no endpoint, such as an entity.</summary>
    public Identity? IdentityOf(FlowPeer end) =>
        end.Endpoint is { } pod ? _tables.Identities.Identities[_tables.Identities.EndpointIdentities[_indexes[pod.Reference]]]
        : end.Address is { } address ? _tables.Identities.Identities[_evaluator.IdentityOf(address)]
        : null;

    public string Describe(FlowPeer end)
    {
        var graph = _tables.Graph;
        var what = end switch
        {
            { Endpoint: { } pod } => string.Join(", ", Pod(pod)),
            { Address: { } address } when graph.NodeAt(address) is { } node => $"{end}, address of node {node.Name}{Labels(node.Labels)}",
            { Name: { } name, Address: null } => $"{name}, a name without addresses in the input",
            { Entity: { } entity } => $"{entity.Name()}, an entity",
            _ => $"{end}, an address outside of the cluster",
        };
        return IdentityOf(end) is { } identity ? string.Create(CultureInfo.InvariantCulture, $"{what}; identity {identity.Number}") : what;
    }

    private IEnumerable<string> Pod(Endpoint pod)
    {
        yield return pod.WorkloadKind == "Pod" ? $"{pod} (pod)" : $"{pod} (pod of {pod.WorkloadKind} {pod.WorkloadName})";
        if (!pod.Addresses.IsEmpty && !pod.HasSyntheticAddresses)
        {
            yield return string.Join(" and ", pod.Addresses);
        }

        if (pod.NodeName is { } node)
        {
            yield return $"on node {node}";
        }

        yield return $"labels {(pod.Labels.Count == 0 ? "none" : pod.Labels)}";
        if (_tables.Graph.NamespaceOf(pod).Labels is { Count: > 0 } labels)
        {
            yield return $"namespace labels {labels}";
        }
    }

    private static string Labels(LabelSet labels) => labels.Count == 0 ? "" : $", labels {labels}";
}
