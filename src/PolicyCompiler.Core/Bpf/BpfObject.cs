using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>A compiled object: plain data, never a handle.</summary>
/// <param name="Name">Unique in a bundle.</param>
/// <param name="Plan">What it was made from; null for an object that was read back from a file.</param>
/// <param name="Elf">The libbpf-loadable ELF file.</param>
/// <param name="Programs">Its programs by name.</param>
/// <param name="Maps">The maps it declares, by name; global variables are not among them.</param>
public sealed record BpfObject(
    string Name,
    ProgramPlan? Plan,
    ImmutableArray<byte> Elf,
    ImmutableArray<BpfProgram> Programs,
    ImmutableArray<BpfMapSpec> Maps)
{
    /// <summary>The program for packets from the endpoint: attach at tc ingress of the host side of its veth pair.</summary>
    public const string FromEndpoint = "policyc_from_endpoint";

    /// <summary>The program for packets to the endpoint: attach at tc egress of the host side of its veth pair.</summary>
    public const string ToEndpoint = "policyc_to_endpoint";
}
