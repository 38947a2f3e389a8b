using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>The units that are thought away.</summary>
internal sealed class Removal
{
    private const int NotHeldByItems = int.MaxValue;

    private readonly int[] _rules;
    private readonly int[] _whole;
    private readonly int[] _holders;

    /// <param name="graph">The graph.</param>
    /// <param name="units">All of its units.</param>
    public Removal(RuleGraph graph, ImmutableArray<RemovableUnit> units)
    {
        _rules = new int[graph.Rules.Length];
        _whole = new int[graph.Policies.Length];
        _holders = new int[graph.Policies.Length * 2];
        Array.Fill(_holders, NotHeldByItems);
        foreach (var unit in units.Where(u => !u.IsPolicy))
        {
            foreach (var direction in Directions.All.Where(unit.HoldsIsolation))
            {
                ref var holders = ref _holders[(unit.Policy.Index * 2) + (int)direction];
                holders = holders == NotHeldByItems ? 1 : holders + 1;
            }
        }
    }

    public bool HasRemoved(RuleId rule) => _rules[rule.Value] > 0;

    public void Add(RemovableUnit unit) => Count(unit, 1);

    public void Undo(RemovableUnit unit) => Count(unit, -1);

    /// <summary>Whether a policy that isolates still does.</summary>
    public bool StillIsolates(int policy, Direction direction) => _whole[policy] == 0 && _holders[(policy * 2) + (int)direction] > 0;

    /// <summary>Whether what no rule allows is still denied.</summary>
    public bool LeavesIsolated(DirectionPolicy policy)
    {
        foreach (var index in policy.Isolating)
        {
            if (StillIsolates(index, policy.Direction))
            {
                return true;
            }
        }

        return false;
    }

    private void Count(RemovableUnit unit, int change)
    {
        foreach (var rule in unit.Rules)
        {
            _rules[rule.Id.Value] += change;
        }

        if (unit.IsPolicy)
        {
            _whole[unit.Policy.Index] += change;
            return;
        }

        foreach (var direction in Directions.All.Where(unit.HoldsIsolation))
        {
            _holders[(unit.Policy.Index * 2) + (int)direction] -= change;
        }
    }
}
