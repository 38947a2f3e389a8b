using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>What a map holds: keys and values laid end to end, in map byte order (policyc_abi.h).</summary>
/// <param name="Name">The map.</param>
/// <param name="KeySize">Bytes.</param>
/// <param name="ValueSize">Bytes.</param>
/// <param name="MaxEntries">Entries the map is created for; at least <see cref="Count"/>.</param>
/// <param name="Keys">Entry after entry; empty for an array map, whose keys are 0, 1, 2...</param>
/// <param name="Values">Entry after entry; empty for a map that is only sized.</param>
public sealed record MapContents(
    string Name, int KeySize, int ValueSize, int MaxEntries, ImmutableArray<byte> Keys, ImmutableArray<byte> Values)
{
    /// <summary>Entries to write before the programs run.</summary>
    public int Count => Values.Length / ValueSize;
}
