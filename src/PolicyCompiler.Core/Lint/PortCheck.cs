using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// Ports that nobody serves where the connection goes: at ingress the policy's own endpoints, at egress the pods that the
/// peers select. A number counts only where every pod declares its ports, which Kubernetes does not ask for.
/// </summary>
internal static class PortCheck
{
    public static IEnumerable<LintFinding> Check(LintModel model)
    {
        foreach (var policy in model.Graph.Policies.Where(p => model.SelectedBy(p).Count > 0))
        {
            foreach (var rule in policy.Rules.Where(r => r.Ports.Any(p => p is not PortMatch.All)))
            {
                // Ports at addresses that are no pod's are not known.
                if (rule.Direction == Direction.Egress && !rule.Peers.All(p => p is Peer.Endpoints))
                {
                    continue;
                }

                IReadOnlyList<Endpoint> servers = rule.Direction == Direction.Ingress
                    ? model.SelectedBy(policy)
                    : [.. rule.Peers.OfType<Peer.Endpoints>().SelectMany(model.PodsOf).Distinct()];
                if (servers.Count == 0 || servers.Any(s => s.IsNode))
                {
                    continue;
                }

                var who = rule.Direction == Direction.Ingress ? policy.Subject.ToString()! : string.Join(", ", rule.Peers);
                foreach (var found in rule.Ports.Select(p => Check(p, servers, who)).OfType<LintFinding>())
                {
                    yield return found;
                }
            }
        }
    }

    private static LintFinding? Check(PortMatch port, IReadOnlyList<Endpoint> servers, string who) => port switch
    {
        PortMatch.Named named when !servers.Any(s => s.NamedPorts.Any(named.Is)) =>
            new LintFinding(LintDiagnostics.PortNameNotServed.At(named.Span, who, named.Name)),
        PortMatch.Range range when range.Protocol.HasPorts() && servers.All(s => !s.DeclaredPorts.IsEmpty)
            && !servers.Any(s => s.DeclaredPorts.Any(p => p.Protocol == range.Protocol && p.Number >= range.First && p.Number <= range.Last)) =>
            new LintFinding(LintDiagnostics.PortNotServed.At(range.Span, who, range)),
        _ => null,
    };
}
