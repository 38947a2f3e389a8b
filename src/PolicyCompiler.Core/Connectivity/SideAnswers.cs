using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>The answers of all direction policies: one for each row of their tables, made when it is first asked for.</summary>
/// <param name="tables">The tables.</param>
/// <param name="evaluator">Reads them.</param>
/// <param name="pool">Keeps the port sets.</param>
/// <param name="asked">The ports that are asked about.</param>
internal sealed class SideAnswers(PolicyTables tables, TableEvaluator evaluator, PortSetPool pool, PortSet asked)
{
    /// <summary>In place of a direction policy: the end is no policy subject.</summary>
    public const int NoPolicy = -1;

    private readonly SideAnswer _unrestricted = new(pool.Share(asked), []);
    private readonly Dictionary<uint, SideAnswer>[] _byRow = [.. tables.DirectionPolicies.Select(_ => new Dictionary<uint, SideAnswer>())];

    /// <param name="policy">Index of a direction policy, or <see cref="NoPolicy"/>.</param>
    /// <param name="identity">Identity index of the other end.</param>
    public SideAnswer Of(int policy, int identity)
    {
        if (policy == NoPolicy)
        {
            return _unrestricted;
        }

        var table = tables.DirectionPolicies[policy];
        var row = evaluator.RowOf(table, identity);
        if (!_byRow[policy].TryGetValue(row, out var answer))
        {
            _byRow[policy].Add(row, answer = Read(table, row));
        }

        return answer;
    }

    /// <summary>
    /// Towards addresses that are no pod's. That a pod lets its own node in is no answer: what its policies deny the node is
    /// closed, and otherwise the node's address has what the addresses around it have.
    /// </summary>
    public SideAnswer Of(int policy, AddressClass addresses)
    {
        if (policy == NoPolicy || addresses.NodeOfPods is null
            || tables.DirectionPolicies[policy] is not { Direction: Direction.Ingress } ingress || ingress.OwnNode != addresses.NodeOfPods)
        {
            return Of(policy, addresses.Identity);
        }

        var around = Of(policy, addresses.Around);
        return ingress.NodeLocalInTable ? Within(around, Of(policy, addresses.Identity).Ports) : around;
    }

    private SideAnswer Within(SideAnswer answer, PortSet ports)
    {
        var within = pool.Intersect(answer.Ports, ports);
        return within.Equals(answer.Ports) ? answer
            : new SideAnswer(within, [.. answer.Side.Decided.Select(d => d with { Ports = pool.Intersect(d.Ports, ports) }).Where(d => !d.Ports.IsEmpty)]);
    }

    /// <summary>Everything that is not dropped gets through, whatever else is done with it.</summary>
    private static bool IsOpen(VerdictWord verdict) => verdict.Action != VerdictAction.Drop;

    private SideAnswer Read(DirectionPolicy policy, uint row)
    {
        var cells = new VerdictWord[policy.Columns];
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = evaluator.CellOf(policy, row, column);
        }

        var open = policy.PortClasses.Where(c => IsOpen(cells[c.Column])).ToList();
        return new SideAnswer(
            Asked(open.Select(c => c.Range)),
            [
                .. open.GroupBy(c => cells[c.Column].Decision, c => c.Range).OrderBy(g => g.Key)
                    .Select(g => new DecidedPorts(g.Key, Asked(g))).Where(d => !d.Ports.IsEmpty),
            ]);

        PortSet Asked(IEnumerable<PortKeyRange> ranges) => pool.Intersect(pool.Share(PortSet.Of(ranges)), _unrestricted.Ports);
    }
}
