namespace PolicyCompiler.Core.Bpf;

/// <summary>Which part of a datagram a packet carries.</summary>
/// <param name="Identification">Shared by the datagram's fragments; IPv4 uses the low 16 bits.</param>
/// <param name="Offset">In bytes from the start of the transport header; a multiple of 8.</param>
/// <param name="Length">In bytes.</param>
/// <param name="MoreFragments">False only for the last one.</param>
public readonly record struct PacketFragment(uint Identification, int Offset, int Length, bool MoreFragments);
