using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Names;

/// <summary>
/// Which sets of patterns a name can have: subset construction over the automaton of all patterns. The sets are exact, so
/// that a compiler which gives each its own identity neither misses a name nor holds room for what cannot be.
/// </summary>
public static class NameClassBuilder
{
    /// <summary>
    /// States of the construction a class may take. Patterns with several stars in a label can make many states for few
    /// classes; the limit bounds the time and the memory of a hostile policy.
    /// </summary>
    private const int StatesPerClass = 64;

    /// <summary>What may come next in a label; a valid label has no hyphen at either end.</summary>
    private enum Place
    {
        LabelEnd,
        Inside,
        AfterHyphen,
    }

    /// <param name="patterns">Distinct; a pattern's number is its index.</param>
    /// <param name="maximumClasses">How many classes the caller can take.</param>
    /// <param name="unions">Whether to add the classes of addresses with several names.</param>
    public static NameClasses Build(ImmutableArray<NamePattern> patterns, int maximumClasses, bool unions)
    {
        var trie = new PatternTrie(patterns);
        var found = new Dictionary<NumberSet, ImmutableArray<string>>();
        // First the names that a registrar would take, so that they become the examples.
        var isComplete = Search(trie, found, maximumClasses, hyphensAnywhere: false)
            && Search(trie, found, maximumClasses, hyphensAnywhere: true);
        var isClosed = isComplete && unions && AddUnions(found, maximumClasses);
        return new NameClasses([.. found.OrderBy(c => c.Key).Select(c => new NameClass([.. c.Key.Numbers], c.Value))], isComplete, isClosed);
    }

    /// <summary>Breadth first, so the first name of a class is a shortest one.</summary>
    private static bool Search(PatternTrie trie, Dictionary<NumberSet, ImmutableArray<string>> found, int maximumClasses, bool hyphensAnywhere)
    {
        var maximumStates = StatesPerClass * Math.Max(maximumClasses, 1024);
        var seen = new HashSet<(NumberSet Nodes, Place Place)> { (trie.Root, Place.LabelEnd) };
        var states = new List<(NumberSet Nodes, Place Place, int Before, char Read)> { (trie.Root, Place.LabelEnd, -1, '\0') };
        for (var i = 0; i < states.Count; i++)
        {
            var (nodes, place, _, _) = states[i];
            if (place == Place.Inside && trie.Accepted(nodes) is { Numbers.Length: > 0 } patterns && !found.ContainsKey(patterns))
            {
                if (found.Count == maximumClasses)
                {
                    return false;
                }

                found.Add(patterns, [NameOf(states, i)]);
            }

            foreach (var (character, next) in Following(trie, nodes, place, hyphensAnywhere))
            {
                var reached = trie.Step(nodes, character);
                if (reached.Numbers.Length > 0 && seen.Add((reached, next)))
                {
                    if (states.Count == maximumStates)
                    {
                        return false;
                    }

                    states.Add((reached, next, i, character));
                }
            }
        }

        return true;
    }

    private static IEnumerable<(char Character, Place Next)> Following(PatternTrie trie, NumberSet nodes, Place place, bool hyphensAnywhere)
    {
        foreach (var character in trie.Alphabet(nodes))
        {
            if (character != '-' || hyphensAnywhere)
            {
                yield return (character, Place.Inside);
            }
            else if (place != Place.LabelEnd)
            {
                yield return (character, Place.AfterHyphen);
            }
        }

        if (place == Place.Inside)
        {
            yield return ('.', Place.LabelEnd);
        }
    }

    /// <summary>The trie reads backwards, so the way back to the start is the name.</summary>
    private static string NameOf(List<(NumberSet Nodes, Place Place, int Before, char Read)> states, int state)
    {
        var name = new List<char>();
        for (; states[state].Before >= 0; state = states[state].Before)
        {
            name.Add(states[state].Read);
        }

        return new string([.. name]);
    }

    /// <summary>Adds unions of two classes, then of three and so on; false when there is no room for all.</summary>
    private static bool AddUnions(Dictionary<NumberSet, ImmutableArray<string>> found, int maximumClasses)
    {
        var single = found.OrderBy(c => c.Key).ToArray();
        var queue = new Queue<KeyValuePair<NumberSet, ImmutableArray<string>>>(single);
        while (queue.TryDequeue(out var left))
        {
            foreach (var (right, names) in single)
            {
                // Most unions of classes that lie in each other are old: seeing that needs no new set.
                var union = left.Key.Contains(right) ? left.Key : left.Key.Union(right);
                if (found.ContainsKey(union))
                {
                    continue;
                }

                if (found.Count == maximumClasses)
                {
                    return false;
                }

                ImmutableArray<string> examples = [.. left.Value, .. names];
                found.Add(union, examples);
                queue.Enqueue(KeyValuePair.Create(union, examples));
            }
        }

        return true;
    }
}
