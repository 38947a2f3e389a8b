using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>The units that are thought away.</summary>
internal sealed class Removal(RuleGraph graph)
{
    private readonly int[] _rules = new int[graph.Rules.Length];
    private readonly int[] _isolation = new int[graph.Policies.Length * 2];

    public bool HasRemoved(RuleId rule) => _rules[rule.Value] > 0;

    public void Add(RemovableUnit unit) => Count(unit, 1);

    public void Undo(RemovableUnit unit) => Count(unit, -1);

    /// <summary>Whether what no rule allows is still denied.</summary>
    public bool LeavesIsolated(DirectionPolicy policy)
    {
        foreach (var index in policy.Isolating)
        {
            if (_isolation[(index * 2) + (int)policy.Direction] == 0)
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

        foreach (var direction in Directions.All)
        {
            _isolation[(unit.Policy.Index * 2) + (int)direction] += unit.EndsIsolation(direction) ? change : 0;
        }
    }
}
