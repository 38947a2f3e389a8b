using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Exposure;

/// <summary>What a subject opens to names, whatever their addresses turn out to be.</summary>
/// <param name="evaluator">Knows the meaning of the policies.</param>
/// <param name="addresses">Those that a name may have.</param>
internal sealed class NameExposure(PotentialPodEvaluator evaluator, OutsideAddresses addresses)
{
    /// <summary>
    /// Open to every one is what no address has against it, as a denied block has; open to some is what rules by name open for
    /// any of the addresses.
    /// </summary>
    public SetExposure Of(ExposureSubject subject, NamePattern pattern, PortSet asked)
    {
        // Rules by name only allow, so that any name of the pattern has what all of them have.
        var name = pattern.IsPattern ? pattern.Text.Replace("**", "any", StringComparison.Ordinal).Replace("*", "any", StringComparison.Ordinal) : pattern.Text;
        var remotes = addresses.Of(subject.Example, subject.Rules, name);
        var (every, some) = (new List<PortKeyRange>(), new List<PortKeyRange>());
        var rules = new HashSet<RuleId>();
        foreach (var segment in subject.Segments)
        {
            var (protocol, port) = PortKey.Parse(segment.First);
            var open = remotes.Select(r => (Remote: r, Side: evaluator.Evaluate(subject.Example, subject.Direction, r, protocol, port)))
                .Where(s => s.Side.Allowed).ToList();
            var byName = open.Where(s => s.Side.Matching.Any(IsByName)).ToList();
            if (open.Count == remotes.Length)
            {
                every.Add(segment);
            }
            else if (byName.Count > 0)
            {
                some.Add(segment);
            }
            else
            {
                continue;
            }

            // A rule by address that opens the same for some of the addresses says nothing of the name.
            rules.UnionWith(open.Where(s => s.Remote.Address is null).Concat(byName).Select(s => s.Side.Rule?.Id).OfType<RuleId>());
        }

        var ports = PortSet.Of(every).Intersect(asked);
        return new SetExposure(ports, ports.Union(PortSet.Of(some).Intersect(asked)), [], [.. rules]);

        bool IsByName(Rule rule) => rule.Peers.Any(p => p is Peer.Names names && NamePatternMatcher.Matches(names.Pattern, name));
    }
}
