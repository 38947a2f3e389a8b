using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Tables;

/// <summary>The verdict words of one class of identities, a word a column.</summary>
internal sealed class RowBuilder(RuleGraph graph, RedirectDecisionTable proxies)
{
    /// <param name="entries">All entries of the direction policy.</param>
    /// <param name="matching">Those that match the identities, ascending.</param>
    /// <param name="ports">The columns.</param>
    /// <param name="fallback">The word where no entry matches.</param>
    /// <returns>The words, and the one that stands for columns that need none of their own.</returns>
    public (uint[] Row, uint Common) Build(ImmutableArray<PolicyEntry> entries, int[] matching, PortClassifier ports, uint fallback)
    {
        var row = new uint[ports.Columns];
        if (!Array.Exists(matching, e => entries[e].Kind is EntryKind.AdminPass or EntryKind.Proxied))
        {
            // Whatever stands behind an entry for every port never decides.
            var end = Array.FindIndex(matching, e => entries[e].AnyPort);
            var rest = end < 0 ? fallback : entries[matching[end]].Verdict.Value;
            Array.Fill(row, rest);
            for (var i = (end < 0 ? matching.Length : end) - 1; i >= 0; i--)
            {
                foreach (var column in ports.ColumnsOf(matching[i]))
                {
                    row[column] = entries[matching[i]].Verdict.Value;
                }
            }

            return (row, rest);
        }

        // From the last entry to the first, so that the first that matches is what stays.
        Array.Fill(row, fallback);
        var admin = matching.Count(e => entries[e].Kind is EntryKind.Admin or EntryKind.AdminPass);
        var allows = new PlainAllows(ports.Columns);
        var proxied = new List<int>();
        for (var i = matching.Length - 1; i >= admin; i--)
        {
            var entry = entries[matching[i]];
            if (entry.Kind == EntryKind.Proxied)
            {
                proxied.Insert(0, matching[i]);
                continue;
            }

            if (entry.Kind < EntryKind.Proxied)
            {
                Redirect(entries, proxied, ports, allows, row);
                proxied.Clear();
            }

            foreach (var column in Columns(entry, matching[i], ports))
            {
                row[column] = entry.Verdict.Value;
                allows.Note(entry.Kind, column);
            }
        }

        Redirect(entries, proxied, ports, allows, row);
        uint[] lower = [.. row];
        for (var i = admin - 1; i >= 0; i--)
        {
            var entry = entries[matching[i]];
            foreach (var column in Columns(entry, matching[i], ports))
            {
                row[column] = entry.Kind == EntryKind.AdminPass ? lower[column] : entry.Verdict.Value;
            }
        }

        return (row, fallback);
    }

    private void Redirect(ImmutableArray<PolicyEntry> entries, List<int> proxied, PortClassifier ports, PlainAllows allows, uint[] row)
    {
        var members = new SortedDictionary<int, SortedSet<int>>();
        foreach (var index in proxied)
        {
            foreach (var column in Columns(entries[index], index, ports))
            {
                if (!members.TryGetValue(column, out var set))
                {
                    members.Add(column, set = []);
                }

                set.Add(entries[index].Rule!.Value.Value);
            }
        }

        foreach (var (column, set) in members)
        {
            var rules = set.Select(id => graph.Rules[id]).ToList();
            row[column] = proxies.WordOf(
                [.. rules.Select(r => r.Id)],
                allows.Plain[column] || rules.Exists(r => r.OnlyObserves),
                allows.Authenticated[column] || rules.Exists(r => r.NeedsAuthentication)).Value;
        }
    }

    private static IEnumerable<int> Columns(PolicyEntry entry, int index, PortClassifier ports) =>
        entry.AnyPort ? Enumerable.Range(0, ports.Columns) : ports.ColumnsOf(index);

    /// <summary>The columns that an allow rule without a proxy matches as well.</summary>
    private sealed class PlainAllows(int columns)
    {
        public bool[] Plain { get; } = new bool[columns];

        public bool[] Authenticated { get; } = new bool[columns];

        public void Note(EntryKind kind, int column)
        {
            Plain[column] |= kind is EntryKind.Allow or EntryKind.Authenticated;
            Authenticated[column] |= kind == EntryKind.Authenticated;
        }
    }
}
