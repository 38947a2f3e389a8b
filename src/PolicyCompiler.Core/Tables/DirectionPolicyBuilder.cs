using System.Collections.Immutable;

namespace PolicyCompiler.Core.Tables;

/// <summary>
/// Makes the verdict table of one direction policy: identities with the same column of verdicts share a row, port keys with
/// the same row of verdicts share a column. Every cell is the verdict word of the first entry that matches; where entries
/// pass or add up, what <see cref="EntryKind"/> says.
/// </summary>
internal sealed class DirectionPolicyBuilder(PageStore pages, IdentityTable identities, RowBuilder rows)
{
    public DirectionPolicy Build(int index, DirectionDraft draft, ImmutableArray<PolicyEntry> entries, VerdictWord fallback)
    {
        var ports = new PortClassifier(entries);
        var rowLevels = PageStore.LevelsFor(ports.Columns);

        // Entries by identity; those for any identity are in every row and need no list.
        var specific = new SortedDictionary<int, List<int>>();
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var identity in entries[i].Identities)
            {
                if (!specific.TryGetValue(identity, out var list))
                {
                    specific.Add(identity, list = []);
                }

                list.Add(i);
            }
        }

        int[] common = [.. Enumerable.Range(0, entries.Length).Where(i => entries[i].AnyIdentity)];
        var rowOfClass = new Dictionary<int[], uint>(SequenceComparer.Instance);
        var identitiesOfRow = new Dictionary<uint, int>();
        var rowOrder = new List<uint>();
        var defaultRow = RowOf([]);
        var trie = new List<(int First, int Last, uint Value)>();
        foreach (var (identity, list) in specific)
        {
            int[] signature = [.. list];
            if (!rowOfClass.TryGetValue(signature, out var page))
            {
                rowOfClass.Add(signature, page = RowOf(signature));
            }

            Count(page);
            if (page == defaultRow)
            {
                continue;
            }

            if (trie.Count > 0 && trie[^1].Value == page && trie[^1].Last == identity - 1)
            {
                trie[^1] = trie[^1] with { Last = identity };
            }
            else
            {
                trie.Add((identity, identity, page));
            }
        }

        // Index 0 is no identity.
        var rest = identities.Identities.Length - 1 - specific.Count;
        identitiesOfRow[defaultRow] = identitiesOfRow.GetValueOrDefault(defaultRow) + rest;
        ImmutableArray<(uint Page, int Identities)> used = [.. rowOrder.Where(p => identitiesOfRow[p] > 0).Select(p => (p, identitiesOfRow[p]))];
        var identityRoot = used.Length > 1 ? pages.AddTrie(identities.Levels, trie.ToArray(), defaultRow) : used[0].Page;
        var portRoot = ports.Columns > 1
            ? pages.AddTrie(PolicyTables.PortLevels, ports.Classes.Select(c => (c.Range.First, c.Range.Last, (uint)c.Column)).ToArray(), 0)
            : 0;
        return new DirectionPolicy(
            index, draft.Direction, [.. draft.Policies.Select(p => p.Index)], [.. draft.Isolating.Select(p => p.Index)], draft.OwnNode,
            draft.NodeLocalInTable, entries, ports.Columns, [.. ports.Classes], used, fallback, identityRoot, portRoot, rowLevels);

        void Count(uint page) => identitiesOfRow[page] = identitiesOfRow.GetValueOrDefault(page) + 1;

        uint RowOf(int[] signature)
        {
            var (row, rest) = rows.Build(entries, [.. common.Concat(signature).Order()], ports, fallback.Value);
            var cells = new List<(int First, int Last, uint Value)>();
            for (var column = 0; column < row.Length; column++)
            {
                if (row[column] != rest)
                {
                    cells.Add((column, column, row[column]));
                }
            }

            var page = pages.AddTrie(rowLevels, cells.ToArray(), rest);
            if (identitiesOfRow.TryAdd(page, 0))
            {
                rowOrder.Add(page);
            }

            return page;
        }
    }
}
