using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Members of a set that policies decide alike about, as far as an assertion can see.</summary>
internal abstract record FlowMember
{
    public static readonly ImmutableArray<AddressFamily> Both = [AddressFamily.IPv4, AddressFamily.IPv6];

    private FlowMember()
    {
    }

    /// <summary>In place of an index: policy is enforced on no such endpoint.</summary>
    public const int NoSubject = -1;

    /// <summary>Index of an endpoint that stands for them as a policy subject, or <see cref="NoSubject"/>.</summary>
    public abstract int Subject { get; }

    public abstract ImmutableArray<AddressFamily> Families { get; }

    /// <param name="Class">What decides about them.</param>
    /// <param name="Endpoints">Those pods of the class that are in both ends of the assertion, or those that are in one.</param>
    /// <param name="Indexes">Their indexes in the cluster view.</param>
    public sealed record Pods(EndpointClass Class, ImmutableArray<Endpoint> Endpoints, ImmutableArray<int> Indexes) : FlowMember
    {
        public override int Subject => Indexes[0];

        public override ImmutableArray<AddressFamily> Families => [.. Both.Where(Class.Has)];
    }

    /// <summary>An address outside of the cluster that stands for those of its identity, or an address of a node.</summary>
    public sealed record Address(IpAddress Value, int Identity, int Host) : FlowMember
    {
        public override int Subject => Host;

        public override ImmutableArray<AddressFamily> Families => [Value.Family];
    }

    /// <summary>A reserved entity or a DNS name, whose address is not known.</summary>
    public sealed record Unaddressed(Entity? Entity, string? Name, ImmutableArray<AddressFamily> Possible) : FlowMember
    {
        public override int Subject => NoSubject;

        public override ImmutableArray<AddressFamily> Families => Possible;
    }

    /// <summary>One of them as an end of a flow.</summary>
    /// <param name="family">The flow's; null: of pods without one in common, which then know each other by their labels only.</param>
    /// <param name="last">The last of the pods instead of the first.</param>
    public FlowPeer PeerIn(AddressFamily? family, bool last = false) => this switch
    {
        Pods pods when (last ? pods.Endpoints[^1] : pods.Endpoints[0]) is var pod => new FlowPeer(pod, family is { } known ? pod.Address(known) : null),
        Address address => new FlowPeer(null, address.Value),
        Unaddressed { Name: { } name } => new FlowPeer(null, null)
        {
            Name = name,
            Entity = family == AddressFamily.IPv4 ? Model.Entity.WorldIPv4 : Model.Entity.WorldIPv6,
        },
        Unaddressed other => new FlowPeer(null, null) { Entity = other.Entity },
        _ => throw new InvalidOperationException($"member {this}"),
    };

    /// <summary>As <c>policyc explain</c> takes it.</summary>
    public static string Reference(FlowPeer peer) => peer.Endpoint is { } endpoint ? endpoint.Reference
        : peer.Address is { } address ? $"ip:{address}"
        : peer.Name is { } name ? $"dns:{name}"
        : peer.Entity!.Value.Name();
}
