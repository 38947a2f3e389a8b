using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>A numeric security identity: everything the policies can know about a remote address.</summary>
/// <param name="Index">Dense index the datapath works with (policyc_abi.h); below 2^18.</param>
/// <param name="Number">
/// Number in the scheme of Cilium: 1 to 10 reserved, 256-65535 cluster, from 2^24 on node-local CIDR and names, from 2^25 on
/// nodes.
/// </param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Namespace">Namespace of the endpoints; empty otherwise.</param>
/// <param name="Labels">Those labels of the endpoints that some peer selector mentions.</param>
/// <param name="NamedPorts">Those container ports of the endpoints whose names some egress rule mentions.</param>
/// <param name="Blocks">The ipBlocks that match, as indexes into <see cref="IdentityTable.Blocks"/>.</param>
public sealed record Identity(
    int Index,
    uint Number,
    IdentityKind Kind,
    string Namespace,
    LabelSet Labels,
    ImmutableArray<NamedPort> NamedPorts,
    ImmutableArray<int> Blocks)
{
    /// <summary>The node; null for what is none.</summary>
    public Node? Node { get; init; }

    /// <summary>The addresses of a node that it uses towards its own pods, as opposed to its others.</summary>
    public bool IsNodeAddressOfPods { get; init; }

    /// <summary>The reserved entity; null for what is none.</summary>
    public Entity? Entity { get; init; }

    /// <summary>The name patterns that match, as indexes into <see cref="IdentityTable.NamePatterns"/>, ascending.</summary>
    public ImmutableArray<int> Names { get; init; } = [];

    /// <summary>Of addresses outside the cluster; null where there is no one family.</summary>
    public AddressFamily? Family { get; init; }

    /// <summary>Outside the cluster.</summary>
    public bool IsOutside => Kind is IdentityKind.World or IdentityKind.Cidr or IdentityKind.Name;

    public const int WorldIPv4Index = 1;
    public const int WorldIPv6Index = 2;

    public static int WorldIndex(AddressFamily family) => family == AddressFamily.IPv4 ? WorldIPv4Index : WorldIPv6Index;
}
