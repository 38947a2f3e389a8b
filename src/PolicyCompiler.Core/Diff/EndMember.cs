using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>One end that flows can have.</summary>
internal abstract record EndMember
{
    private EndMember()
    {
    }

    /// <summary>A pod, as indexes into the cluster views; -1 on the side that does not have it.</summary>
    public sealed record Pod(int Old, int New) : EndMember;

    /// <summary>An address of a node: the same on both sides, but where it was made up for a host-network pod without one.</summary>
    public sealed record Node(string Name, IpAddress? Old, IpAddress? New, bool IsMadeUp) : EndMember;

    /// <summary>Addresses outside the cluster; one that is no pod's and no node's.</summary>
    public sealed record Range(IpAddress First, IpAddress Last, IpAddress Free) : EndMember;

    /// <summary>Addresses that DNS gives for names of a class, in one place of the address space.</summary>
    public sealed record Named(ImmutableArray<NamePattern> Patterns, ImmutableArray<string> Examples, NamePlace Place) : EndMember;

    public sealed record Reserved(Entity Entity) : EndMember;
}
