using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What one side of a connection opens towards a class of peers, and the decisions that open it.</summary>
internal sealed record SideAnswer(PortSet Ports, ImmutableArray<int> Decisions)
{
    /// <summary>Of an end that policies do not apply to.</summary>
    public static SideAnswer Unrestricted { get; } = new(PortSet.All, []);
}
