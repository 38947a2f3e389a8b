using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>A bundle read back from disk, its hashes checked.</summary>
/// <param name="Directory">Where it lies.</param>
/// <param name="Manifest">manifest.json.</param>
/// <param name="Verification">verification.json.</param>
/// <param name="Identities">identities.json.</param>
/// <param name="Decisions">decisions.json.</param>
/// <param name="Endpoints">endpoints.json.</param>
/// <param name="Maps">Contents of maps.bin.</param>
/// <param name="Objects">Objects by name, in ordinal order: the ELF bytes.</param>
public sealed record EnforcementBundle(
    string Directory,
    JsonElement Manifest,
    JsonElement Verification,
    JsonElement Identities,
    JsonElement Decisions,
    JsonElement Endpoints,
    ImmutableArray<MapContents> Maps,
    ImmutableArray<(string Name, ImmutableArray<byte> Elf)> Objects);
