using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What one side of a connection opens towards a class of peers. One object an answer: equality is identity.</summary>
internal sealed class SideAnswer(PortSet ports, ImmutableArray<DecidedPorts> decided)
{
    public PortSet Ports => ports;

    public ConnectivitySide Side => new(ports, decided);
}
