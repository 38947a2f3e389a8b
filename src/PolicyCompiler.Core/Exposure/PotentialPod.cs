using System.Collections.Immutable;
using System.Numerics;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Exposure;

/// <summary>
/// A pod that could be created: one for each combination of answers that a list of peers can give about a pod, so that no
/// rule with these peers can tell any other new pod from all of them.
/// </summary>
/// <param name="Namespace">Its namespace; one that exists stands for all of <paramref name="Existing"/>.</param>
/// <param name="Existing">The names of the existing namespaces that the peers do not tell apart; empty for a new namespace.</param>
/// <param name="Labels">Its labels, as far as they matter.</param>
/// <param name="ServiceAccount">Its service account, if it matters.</param>
/// <param name="Address">Its address, if it matters.</param>
/// <param name="Matching">A bit for each peer of the list: whether it matches the pod.</param>
internal sealed record PotentialPod(
    Namespace Namespace, ImmutableArray<string> Existing, LabelSet Labels, string? ServiceAccount, IpAddress? Address, BigInteger Matching)
{
    public bool IsInNewNamespace => Existing.IsEmpty;

    public bool IsMatchedBy(int peer) => !(Matching >> peer).IsEven;

    public Endpoint ToEndpoint(ImmutableArray<NamedPort> namedPorts) => new()
    {
        Namespace = Namespace.Name,
        Name = "a new pod",
        Labels = Labels,
        Addresses = Address is { } address ? [address] : [],
        NamedPorts = namedPorts,
        ServiceAccount = ServiceAccount,
        WorkloadKind = "Pod",
        WorkloadName = "a new pod",
        Span = SourceSpan.None,
    };
}
