using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Tables;

/// <summary>
/// What one direction of an endpoint is decided by, resolved: shared by all endpoints with the same policies (and, for
/// ingress, the same numbers behind the port names that their rules use; and the same node, where rules tell it apart).
/// </summary>
/// <param name="Index">Index in <see cref="PolicyTables.DirectionPolicies"/>.</param>
/// <param name="Direction">Which direction.</param>
/// <param name="Policies">The policies that have a say, as indexes into the graph; empty: everything is allowed.</param>
/// <param name="Isolating">Those of them that isolate; empty: what no rule matches is allowed.</param>
/// <param name="OwnNode">The endpoints' node, where the decision depends on which it is; null: it does not.</param>
/// <param name="NodeLocalInTable">
/// Ingress from the own node is decided by the tables, because a rule may deny it; otherwise the program allows it first.
/// </param>
/// <param name="Entries">What the rules come to, first match wins.</param>
/// <param name="Columns">Number of port classes.</param>
/// <param name="PortClasses">Port-key ranges in order, each with its class.</param>
/// <param name="Rows">Distinct identity classes: the page of their row, and how many identities have it.</param>
/// <param name="Default">The verdict when no entry matches.</param>
/// <param name="IdentityRoot">Page number: root of the identity trie, or the only row.</param>
/// <param name="PortRoot">Page number: root of the port trie; 0 with a single port class.</param>
/// <param name="RowLevels">Levels of a row: 1 up to 64 columns, 2 up to 4,096, 3 beyond.</param>
public sealed record DirectionPolicy(
    int Index,
    Direction Direction,
    ImmutableArray<int> Policies,
    ImmutableArray<int> Isolating,
    string? OwnNode,
    bool NodeLocalInTable,
    ImmutableArray<PolicyEntry> Entries,
    int Columns,
    ImmutableArray<(PortKeyRange Range, int Column)> PortClasses,
    ImmutableArray<(uint Page, int Identities)> Rows,
    VerdictWord Default,
    uint IdentityRoot,
    uint PortRoot,
    int RowLevels)
{
    /// <summary>Whether the program lets the endpoint's own node in before it asks the tables.</summary>
    public bool LetsOwnNodeIn => Direction == Direction.Ingress && !Policies.IsEmpty && !NodeLocalInTable;

    public bool DependsOnIdentity => Rows.Length > 1;

    public bool DependsOnPort => Columns > 1;
}
