namespace PolicyCompiler.Core.Connectivity;

/// <summary>What is listed.</summary>
public sealed record ConnectivityOptions
{
    public ConnectivityLevel Level { get; init; }

    /// <summary>The ports that are asked about: others appear in no row. Services are asked about these ports of their own.</summary>
    public PortSet Ports { get; init; } = PortSet.All;
}
