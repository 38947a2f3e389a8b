using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>The tables of one side, asked for rows.</summary>
internal sealed class DiffSide
{
    /// <summary>In place of an identity: the side does not have the end.</summary>
    public const int NoIdentity = -1;

    private readonly RowPool _pool;
    private readonly Dictionary<uint, SideRow>[] _rows;
    private readonly Dictionary<Entity, int> _entities;
    private readonly Lazy<Dictionary<string, int>> _named;
    private readonly HashSet<int> _exact;

    public DiffSide(PolicyTables tables, RowPool pool)
    {
        Tables = tables;
        Evaluator = new TableEvaluator(tables);
        _pool = pool;
        _rows = [.. tables.DirectionPolicies.Select(_ => new Dictionary<uint, SideRow>())];
        NodeLocal = pool.Constant(SideEffect.Allow, DecisionInfo.FixedId(DecisionKind.NodeLocal, Direction.Ingress));
        var identities = tables.Identities.Identities;
        _entities = identities.Where(i => i.Entity is not null).ToDictionary(i => i.Entity!.Value, i => i.Index);
        _named = new Lazy<Dictionary<string, int>>(() => identities.Where(i => i.IsOutside && i.Index > 0)
            .ToDictionary(i => NamedKey(i.Family!.Value, i.Blocks, i.Names), i => i.Index, StringComparer.Ordinal));
        _exact = [.. identities.Where(i => i.Kind == IdentityKind.Name).Select(i => i.Index)];
    }

    public PolicyTables Tables { get; }

    public TableEvaluator Evaluator { get; }

    public RuleGraph Graph => Tables.Graph;

    /// <summary>Ingress from the own node, where the program lets it in.</summary>
    public SideRow NodeLocal { get; }

    /// <param name="policy">Index of a direction policy, or a constant of <see cref="PolicyPair"/>.</param>
    /// <param name="identity">Index of the other end's identity, or <see cref="NoIdentity"/>.</param>
    public SideRow RowOf(int policy, int identity)
    {
        if (policy == PolicyPair.Absent || identity == NoIdentity)
        {
            return _pool.Absent;
        }

        if (policy == PolicyPair.None)
        {
            return _pool.Open;
        }

        var table = Tables.DirectionPolicies[policy];
        var page = Evaluator.RowOf(table, identity);
        if (!_rows[policy].TryGetValue(page, out var row))
        {
            _rows[policy].Add(page, row = Read(table, page));
        }

        return row;
    }

    public bool LetsOwnNodeIn(int policy) => policy >= 0 && Tables.DirectionPolicies[policy].LetsOwnNodeIn;

    /// <summary>Where rules do not tell entities apart, they match those for anyone alone: as the world without a block does.</summary>
    public int IdentityOf(Entity entity) => _entities.GetValueOrDefault(entity, Identity.WorldIPv4Index);

    /// <summary>The identity of an address that DNS gave for names which these patterns match.</summary>
    /// <param name="without">What it would have without names.</param>
    /// <param name="patterns">Indexes of the side's patterns, ascending.</param>
    public int Named(int without, ImmutableArray<int> patterns)
    {
        var identity = Tables.Identities.Identities[without];
        return patterns.IsEmpty || !identity.IsOutside || _exact.Contains(without) ? without
            : _named.Value.GetValueOrDefault(NamedKey(identity.Family!.Value, identity.Blocks, patterns), without);
    }

    private static string NamedKey(AddressFamily family, ImmutableArray<int> blocks, ImmutableArray<int> names) =>
        $"{family} {string.Join(',', blocks)} {string.Join(',', names)}";

    private SideRow Read(DirectionPolicy policy, uint page)
    {
        var cells = new (SideEffect Effect, int Decision)[policy.Columns];
        for (var column = 0; column < cells.Length; column++)
        {
            var word = Evaluator.CellOf(policy, page, column);
            cells[column] = (EffectOf(word), word.Decision);
        }

        var segments = new List<(int Last, SideEffect Effect, int Decision)>();
        foreach (var (range, column) in policy.PortClasses)
        {
            if (segments.Count > 0 && (segments[^1].Effect, segments[^1].Decision) == cells[column])
            {
                segments[^1] = segments[^1] with { Last = range.Last };
            }
            else
            {
                segments.Add((range.Last, cells[column].Effect, cells[column].Decision));
            }
        }

        return _pool.Row(segments);
    }

    private SideEffect EffectOf(VerdictWord word) => word.Action.IsDrop() ? SideEffect.Drop
        : new SideEffect(
            true, word.Action.NeedsAuthentication(),
            word.Action.Redirects() && Tables.Decision(word.Decision)?.Proxy?.Set is { } set ? _pool.Share(set) : null);
}
