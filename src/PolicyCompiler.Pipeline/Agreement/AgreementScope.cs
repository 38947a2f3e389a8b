namespace PolicyCompiler.Pipeline.Agreement;

/// <summary>How much is compared: as much as stays within <see cref="AgreementPoints.Limit"/>.</summary>
public enum AgreementScope
{
    /// <summary>Every endpoint with every remote address.</summary>
    Everything,

    /// <summary>One endpoint of each policy, with two addresses of every identity.</summary>
    Identities,

    /// <summary>One endpoint of each policy, with addresses of each of its identity classes and of each peer of its rules.</summary>
    Classes,
}
