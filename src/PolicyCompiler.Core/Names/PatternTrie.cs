using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Names;

/// <summary>
/// All patterns as one nondeterministic automaton that reads names from their last character to the first. Patterns differ
/// in their first labels and share the domains they end with, so read this way a thousand of them are one trie, and a name
/// leads to a handful of its nodes. Read forwards each star would keep every pattern alive.
/// </summary>
internal sealed class PatternTrie
{
    private readonly List<Node> _nodes = [new(Loop.None)];

    public PatternTrie(IReadOnlyList<NamePattern> patterns)
    {
        for (var i = 0; i < patterns.Count; i++)
        {
            Add(patterns[i], i);
        }

        Root = new NumberSet([.. WithEmptySteps(0).Order()]);
    }

    /// <summary>What a node reads without leaving itself.</summary>
    private enum Loop
    {
        None,

        /// <summary>A star in a label.</summary>
        LabelCharacters,

        /// <summary>Whole labels, dots between them included.</summary>
        Everything,
    }

    /// <summary>The nodes before anything is read.</summary>
    public NumberSet Root { get; }

    public NumberSet Step(NumberSet nodes, char character)
    {
        var next = new List<int>();
        foreach (var number in nodes.Numbers)
        {
            var node = _nodes[number];
            if (node.Loop == Loop.Everything || (node.Loop == Loop.LabelCharacters && character != '.'))
            {
                next.Add(number);
            }

            if (node.Literals.TryGetValue(character, out var literal))
            {
                next.Add(literal);
                next.AddRange(_nodes[literal].Loops);
            }
        }

        next.Sort();
        // A loop can be reached anew while it goes on.
        return new NumberSet([.. next.Where((number, i) => i == 0 || next[i - 1] != number)]);
    }

    /// <summary>
    /// One label character for each way to go on, in order of preference. Characters that no node asks for by name all lead to
    /// the same nodes: the first of them stands for the rest.
    /// </summary>
    public IEnumerable<char> Alphabet(NumberSet nodes)
    {
        var named = new HashSet<char>(nodes.Numbers.SelectMany(n => _nodes[n].Literals.Keys));
        var others = false;
        foreach (var character in DnsName.LabelCharacters)
        {
            // A hyphen is never a mere example: where it may stand differs from the rest.
            if (named.Contains(character) || character == '-' || !others)
            {
                yield return character;
                others |= !named.Contains(character);
            }
        }
    }

    /// <summary>The patterns that the text read so far is in.</summary>
    public NumberSet Accepted(NumberSet nodes) => new([.. nodes.Numbers.SelectMany(n => _nodes[n].Accepts).Distinct().Order()]);

    private void Add(NamePattern pattern, int number)
    {
        var text = pattern.Text;
        var labels = pattern.IsPattern && (text == "*" || text.StartsWith("**.", StringComparison.Ordinal));
        var node = 0;
        for (var i = text.Length - 1; i >= (text == "*" ? 1 : labels ? 2 : 0); i--)
        {
            node = pattern.IsPattern && text[i] == '*' ? Child(node, Loop.LabelCharacters) : Literal(node, text[i]);
        }

        _nodes[labels ? Child(node, Loop.Everything) : node].Accepts.Add(number);
    }

    private int Literal(int node, char character)
    {
        if (!_nodes[node].Literals.TryGetValue(character, out var child))
        {
            child = New(Loop.None);
            _nodes[node].Literals.Add(character, child);
        }

        return child;
    }

    private int Child(int node, Loop loop)
    {
        // Two stars in a row are one.
        if (_nodes[node].Loop == loop)
        {
            return node;
        }

        var child = _nodes[node].Loops.Find(n => _nodes[n].Loop == loop);
        if (child == 0)
        {
            child = New(loop);
            _nodes[node].Loops.Add(child);
        }

        return child;
    }

    private int New(Loop loop)
    {
        _nodes.Add(new Node(loop));
        return _nodes.Count - 1;
    }

    /// <summary>A loop may read nothing, so who reaches a node reaches the loops behind it; there are no loops behind loops.</summary>
    private IEnumerable<int> WithEmptySteps(int node) => _nodes[node].Loops.Prepend(node);

    private sealed class Node(Loop loop)
    {
        public Loop Loop { get; } = loop;

        public Dictionary<char, int> Literals { get; } = [];

        public List<int> Loops { get; } = [];

        public List<int> Accepts { get; } = [];
    }
}
