namespace PolicyCompiler.Core.Connectivity;

/// <summary>All that decides about an address that is no pod's: addresses of one class have the same answers.</summary>
/// <param name="Identity">Index of its identity.</param>
/// <param name="Around">Identity index of the range that the address lies in; the same unless it is one address by itself.</param>
/// <param name="NodeOfPods">Name of the node that has it and uses it towards its own pods; null: none.</param>
/// <param name="Egress">Index of the direction policy of the node that has it; <see cref="SideAnswers.NoPolicy"/> where no policy selects one.</param>
/// <param name="Ingress">The same for ingress.</param>
internal readonly record struct AddressClass(int Identity, int Around, string? NodeOfPods, int Egress, int Ingress)
{
    /// <summary>A range that is no node's.</summary>
    public static AddressClass Of(int identity) => new(identity, identity, null, SideAnswers.NoPolicy, SideAnswers.NoPolicy);
}
