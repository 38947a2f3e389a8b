using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>
/// Cuts the address space at every prefix that an ipBlock mentions, so that all addresses whose longest matching prefix
/// is the same are matched by the same blocks.
/// </summary>
internal sealed class BlockClassifier
{
    private readonly List<(IpPrefix Prefix, ImmutableArray<int> Blocks)> _entries = [];

    /// <param name="blocks">Distinct blocks; results name them by index.</param>
    public BlockClassifier(ImmutableArray<IpBlock> blocks)
    {
        var added = new SortedDictionary<IpPrefix, (List<int> Adds, List<int> Removes)>();
        for (var i = 0; i < blocks.Length; i++)
        {
            At(blocks[i].Cidr).Adds.Add(i);
            foreach (var except in blocks[i].Except)
            {
                At(except).Removes.Add(i);
            }
        }

        // Prefixes come in address order, shorter first: those that contain the next one are a stack.
        var around = new Stack<(IpPrefix Prefix, ImmutableArray<int> Blocks)>();
        foreach (var (prefix, (adds, removes)) in added)
        {
            while (around.Count > 0 && !around.Peek().Prefix.Contains(prefix))
            {
                around.Pop();
            }

            ImmutableArray<int> outer = around.Count > 0 ? around.Peek().Blocks : [];
            ImmutableArray<int> inner = [.. outer.Union(adds).Except(removes).Order()];
            around.Push((prefix, inner));
            if (!inner.SequenceEqual(outer))
            {
                _entries.Add((prefix, inner));
            }
        }

        (List<int> Adds, List<int> Removes) At(IpPrefix prefix)
        {
            if (!added.TryGetValue(prefix, out var change))
            {
                added.Add(prefix, change = ([], []));
            }

            return change;
        }
    }

    /// <summary>In address order; a prefix whose blocks are those of the prefix around it is left out.</summary>
    public IReadOnlyList<(IpPrefix Prefix, ImmutableArray<int> Blocks)> Entries => _entries;
}
