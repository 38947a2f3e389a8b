using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>A direction policy before its tables are built.</summary>
/// <param name="Direction">Which direction.</param>
/// <param name="Policies">The policies that have a say, in canonical order.</param>
/// <param name="Ports">Container ports behind the names that ingress rules use.</param>
/// <param name="OwnNode">Name of the endpoints' node, where the decision depends on it.</param>
/// <param name="NodeLocalInTable">See <see cref="DirectionPolicy.NodeLocalInTable"/>.</param>
internal sealed record DirectionDraft(
    Direction Direction, ImmutableArray<PolicyNode> Policies, ImmutableArray<NamedPort> Ports, string? OwnNode, bool NodeLocalInTable)
{
    public IEnumerable<Rule> Rules => Policies.SelectMany(p => p.Rules).Where(r => r.Direction == Direction);

    public ImmutableArray<PolicyNode> Isolating => [.. Policies.Where(p => p.Isolates(Direction))];

    /// <summary>Equal drafts are one direction policy.</summary>
    public string Key => $"{Direction};{string.Join(',', Policies.Select(p => p.Index))};{string.Join(',', Ports)};{OwnNode};{NodeLocalInTable}";
}
