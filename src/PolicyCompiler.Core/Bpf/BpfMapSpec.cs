namespace PolicyCompiler.Core.Bpf;

/// <summary>A map as its object declares it. Sizes in bytes; the type is enum bpf_map_type.</summary>
public sealed record BpfMapSpec(string Name, uint Type, uint KeySize, uint ValueSize, uint MaxEntries, uint Flags);
