using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// Whether tables decide as they did before rules were deleted: every endpoint and direction, with every identity of the old
/// tables, which tell apart all that the new ones can, and every port class of both.
/// </summary>
public sealed class DecisionComparer
{
    private readonly PolicyTables _before;
    private readonly PolicyTables _after;
    private readonly TableEvaluator _evaluatorBefore;
    private readonly TableEvaluator _evaluatorAfter;
    private readonly int[] _identities;
    private readonly Dictionary<int, string> _proxiesBefore;
    private readonly Dictionary<int, string> _proxiesAfter;

    /// <param name="before">The tables as they were.</param>
    /// <param name="after">The tables of the same cluster without some rules.</param>
    public DecisionComparer(PolicyTables before, PolicyTables after)
    {
        (_before, _after) = (before, after);
        (_evaluatorBefore, _evaluatorAfter) = (new TableEvaluator(before), new TableEvaluator(after));
        _identities = IdentityMap.Build(before, after);
        (_proxiesBefore, _proxiesAfter) = (Proxies(before), Proxies(after));
    }

    /// <returns>What differs first, for people; null: nothing does.</returns>
    public string? FirstDifference()
    {
        var (endpoints, now) = (_before.Graph.Cluster.Endpoints, _after.Graph.Cluster.Endpoints);
        if (!endpoints.Select(e => e.Reference).SequenceEqual(now.Select(e => e.Reference), StringComparer.Ordinal))
        {
            return "the endpoints of the input are others";
        }

        if (Array.IndexOf(_identities, IdentityMap.Missing) is >= 0 and var lost)
        {
            return $"identity {_before.Identities.Identities[lost].Number} has no counterpart";
        }

        var compared = new HashSet<(int, int)>();
        for (var i = 0; i < endpoints.Length; i++)
        {
            if (_before.EndpointPolicyIndex[i] < 0)
            {
                continue;
            }

            foreach (var direction in Directions.All)
            {
                var before = _before.Of(_before.EndpointPolicies[_before.EndpointPolicyIndex[i]], direction);
                var after = _after.Of(_after.EndpointPolicies[_after.EndpointPolicyIndex[i]], direction);
                if (compared.Add((before.Index, after.Index)) && Compare(before, after, after.LetsOwnNodeIn && !endpoints[i].IsNode) is { } key)
                {
                    return $"{direction.Word()} of {endpoints[i].Reference} on {new PortKeyRange(key, key)}";
                }
            }
        }

        return null;
    }

    /// <returns>A port key that is decided otherwise.</returns>
    private int? Compare(DirectionPolicy before, DirectionPolicy after, bool letsOwnNodeIn)
    {
        int[] keys = [.. before.PortClasses.Concat(after.PortClasses).Select(c => c.Range.First).Distinct()];
        var rows = new HashSet<(uint, uint)>();
        for (var identity = 1; identity < _identities.Length; identity++)
        {
            var isLetIn = letsOwnNodeIn && IsOwnNode(_before.Identities.Identities[identity], before);
            // One row for all identities of the new tables says nothing of one that they have not.
            if (!isLetIn && _identities[identity] == IdentityMap.Unlisted && !after.DependsOnIdentity && after.Entries.Any(e => !e.AnyIdentity))
            {
                return keys[0];
            }

            if (_identities[identity] < 0 || (isLetIn && before.LetsOwnNodeIn) || (!isLetIn && !rows.Add((_evaluatorBefore.RowOf(before, identity), _evaluatorAfter.RowOf(after, _identities[identity])))))
            {
                continue;
            }

            foreach (var key in keys)
            {
                var now = isLetIn ? (VerdictAction.Allow, "") : Meaning(_evaluatorAfter.Evaluate(after, _identities[identity], key), _proxiesAfter);
                if (Meaning(_evaluatorBefore.Evaluate(before, identity, key), _proxiesBefore) != now)
                {
                    return key;
                }
            }
        }

        return null;
    }

    /// <summary>Whom the program lets in before it asks the tables, unless those have to say it.</summary>
    private static bool IsOwnNode(Identity identity, DirectionPolicy policy) =>
        identity.Entity == Entity.Host || (identity.IsNodeAddressOfPods && identity.Node!.Name == policy.OwnNode);

    private static (VerdictAction, string) Meaning(VerdictWord word, Dictionary<int, string> proxies) =>
        (word.Action, word.Action.Redirects() ? proxies[word.Decision] : "");

    private static Dictionary<int, string> Proxies(PolicyTables tables) => tables.Redirects.ToDictionary(
        r => r.Decision,
        r => $"{r.AllowsEverything} {string.Join(' ', r.Members.Select(m => ProxyContent.Of(tables.Graph.Rules[m.Value].Proxy!)).Distinct().Order(StringComparer.Ordinal))}");
}
