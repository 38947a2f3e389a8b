using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// The units that can go: first those without which, alone, no cell changes; of these, one after the other, those that can go
/// together with all found before. Whole policies come first, then rules that another contains whatever pods there are, and
/// always the narrow before the broad, so that of two the broader stays.
/// </summary>
public sealed class RedundancyFinder
{
    private readonly CellTable _cells;
    private readonly ImmutableArray<RemovableUnit> _units;
    private readonly Removal _removal;
    private readonly Removal _nothing;
    private readonly int[] _itemOf;
    private readonly int[] _wholeOf;
    private readonly bool[] _matters;
    private readonly double[] _breadth;
    private readonly List<RedundantUnit> _found = [];
    private readonly HashSet<RemovableUnit> _accepted = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<int> _removedPolicies = [];
    private readonly RedundancyProof _proof;

    private RedundancyFinder(CellTable cells, ImmutableArray<RemovableUnit> units)
    {
        (_cells, _units) = (cells, units);
        (_removal, _nothing) = (new Removal(cells.Graph, units), new Removal(cells.Graph, units));
        _itemOf = new int[cells.Graph.Rules.Length];
        _wholeOf = new int[cells.Graph.Policies.Length];
        _matters = new bool[units.Length];
        _breadth = new double[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            if (units[i].IsPolicy)
            {
                _wholeOf[units[i].Policy.Index] = i;
                continue;
            }

            foreach (var rule in units[i].Rules)
            {
                _itemOf[rule.Id.Value] = i;
            }
        }

        _proof = new RedundancyProof(cells, _removal, _nothing);
    }

    /// <param name="policies">The policies as written.</param>
    /// <param name="tables">Their tables.</param>
    /// <returns>In the order in which they were found.</returns>
    public static ImmutableArray<RedundantUnit> Find(PolicySet policies, PolicyTables tables) => Find(policies, new CellTable(tables));

    internal static ImmutableArray<RedundantUnit> Find(PolicySet policies, CellTable cells) =>
        new RedundancyFinder(cells, RemovableUnitBuilder.Build(policies, cells.Graph)).Find();

    private ImmutableArray<RedundantUnit> Find()
    {
        foreach (var cells in _cells.Directions)
        {
            MarkWhatMatters(cells);
            Measure(cells);
        }

        var selects = SelectsSomething();
        var candidates = Enumerable.Range(0, _units.Length).Where(u => !_matters[u] && selects[_units[u].Policy.Index])
            .OrderBy(u => _breadth[u]).ThenByDescending(u => u).ToList();
        // What goes late can make room for what could not go before.
        for (var known = -1; known < _found.Count;)
        {
            known = _found.Count;
            AddPolicies([.. candidates.Select(u => _units[u]).Where(u => u.IsPolicy && IsLeft(u))]);
            AddItems([.. candidates.Select(u => _units[u]).Where(u => !u.IsPolicy && IsLeft(u))]);
        }

        return [.. _found.Where(f => f.Unit.IsPolicy || !_removedPolicies.Contains(f.Unit.Policy.Index))];
    }

    private bool IsLeft(RemovableUnit unit) => !_removedPolicies.Contains(unit.Policy.Index) && !_accepted.Contains(unit);

    private void AddPolicies(List<RemovableUnit> policies)
    {
        foreach (var unit in policies)
        {
            if (_proof.Prove(unit) is { } found)
            {
                Accept(found);
                _removedPolicies.Add(unit.Policy.Index);
            }
        }
    }

    private void AddItems(List<RemovableUnit> items)
    {
        var rest = new List<RemovableUnit>();
        foreach (var unit in items)
        {
            if (_proof.ProveForAnyPods(unit) is { } found)
            {
                Accept(found);
            }
            else
            {
                rest.Add(unit);
            }
        }

        foreach (var unit in rest)
        {
            if (_proof.Prove(unit) is { } found)
            {
                Accept(found);
            }
        }
    }

    private void Accept(RedundantUnit found)
    {
        _found.Add(found);
        _accepted.Add(found.Unit);
        _removal.Add(found.Unit);
    }

    /// <summary>Marks every unit without which, alone, some cell changes.</summary>
    private void MarkWhatMatters(DirectionCells cells)
    {
        // Whose removal ends the isolation has a part in every cell.
        var isolating = cells.Policy.Isolating is [var only]
            ? Enumerable.Range(0, _units.Length).Skip(_wholeOf[only]).TakeWhile(u => _units[u].Policy.Index == only)
                .Where(u => EndsIsolation(_units[u], cells.Policy)).ToList()
            : [];
        var units = new List<int>();
        foreach (var signature in cells.Classes)
        {
            if (isolating.TrueForAll(u => _matters[u]) && Array.TrueForAll(signature, e => AllMatter(cells.Entries[e])))
            {
                continue;
            }

            cells.Visit(signature, matching =>
            {
                units.Clear();
                units.AddRange(isolating);
                foreach (var entry in matching)
                {
                    if (!AllMatter(cells.Entries[entry]))
                    {
                        var (item, whole) = UnitsOf(cells.Entries[entry]);
                        units.Add(item);
                        units.Add(whole);
                    }
                }

                if (units.TrueForAll(u => _matters[u]))
                {
                    return true;
                }

                var now = _cells.Evaluator.Evaluate(cells.Entries, matching, _nothing, !cells.Policy.Isolating.IsEmpty, out _);
                foreach (var unit in units.Where(u => !_matters[u]).Distinct())
                {
                    _removal.Add(_units[unit]);
                    _matters[unit] = _cells.Evaluator.Evaluate(cells.Entries, matching, _removal, _removal.LeavesIsolated(cells.Policy), out _) != now;
                    _removal.Undo(_units[unit]);
                }

                return true;
            });
        }
    }

    private bool EndsIsolation(RemovableUnit unit, DirectionPolicy policy)
    {
        _removal.Add(unit);
        var ends = !_removal.LeavesIsolated(policy);
        _removal.Undo(unit);
        return ends;
    }

    /// <summary>The own node's entry belongs to no unit.</summary>
    private bool AllMatter(PolicyEntry entry) => entry.Rule is null || (UnitsOf(entry) is var (item, whole) && _matters[item] && _matters[whole]);

    private (int Item, int Whole) UnitsOf(PolicyEntry entry)
    {
        var rule = _cells.Graph.Rules[entry.Rule!.Value.Value];
        return (_itemOf[rule.Id.Value], _wholeOf[rule.PolicyIndex]);
    }

    private void Measure(DirectionCells cells)
    {
        foreach (var entry in cells.Entries.Where(e => e.Rule is not null))
        {
            var (item, whole) = UnitsOf(entry);
            double identities = entry.AnyIdentity ? _cells.Tables.Identities.Identities.Length : entry.Identities.Length;
            var breadth = identities * entry.Ports.Sum(p => (double)(p.Last - p.First + 1));
            _breadth[item] += breadth;
            _breadth[whole] += breadth;
        }
    }

    private bool[] SelectsSomething()
    {
        var selects = new bool[_cells.Graph.Policies.Length];
        foreach (var endpoint in _cells.Graph.Cluster.Endpoints)
        {
            foreach (var policy in _cells.Graph.PoliciesFor(endpoint))
            {
                selects[policy.Index] = true;
            }
        }

        return selects;
    }
}
