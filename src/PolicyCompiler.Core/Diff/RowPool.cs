using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>Makes rows of both sides comparable: equal proxies are one object, equal effects have one key.</summary>
internal sealed class RowPool
{
    private readonly List<ProxyContent> _proxies = [];
    private readonly Dictionary<ProxyRuleSet, ProxyContent> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SideEffect, int> _effects = [];
    private readonly Dictionary<int[], int> _keys = new(SequenceComparer.Instance);

    public RowPool()
    {
        Absent = Constant(SideEffect.Drop, -1);
        Open = Constant(SideEffect.Allow, -1);
    }

    /// <summary>Of an end that the side does not have.</summary>
    public SideRow Absent { get; }

    /// <summary>Of an end that no policy applies to.</summary>
    public SideRow Open { get; }

    public SideRow Constant(SideEffect effect, int decision) => Row([(PortKey.Count - 1, effect, decision)]);

    /// <param name="segments">In order and without gaps.</param>
    public SideRow Row(List<(int Last, SideEffect Effect, int Decision)> segments)
    {
        var signature = new List<int>();
        foreach (var (last, effect, _) in segments)
        {
            if (!_effects.TryGetValue(effect, out var number))
            {
                _effects.Add(effect, number = _effects.Count);
            }

            if (signature.Count > 0 && signature[^1] == number)
            {
                signature[^2] = last;
            }
            else
            {
                signature.AddRange([last, number]);
            }
        }

        int[] effects = [.. signature];
        if (!_keys.TryGetValue(effects, out var key))
        {
            _keys.Add(effects, key = _keys.Count);
        }

        return new SideRow([.. segments], key);
    }

    public ProxyContent Share(ProxyRuleSet set)
    {
        if (!_known.TryGetValue(set, out var shared))
        {
            var content = new ProxyContent(set);
            shared = _proxies.Find(p => ProxyContent.Compare(p, content) == ProxyComparison.Equal);
            if (shared is null)
            {
                _proxies.Add(shared = content);
            }

            _known.Add(set, shared);
        }

        return shared;
    }
}
