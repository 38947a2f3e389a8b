using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>What a map holds: keys and values laid end to end, in map byte order (policyc_abi.h).</summary>
/// <param name="Name">The map.</param>
/// <param name="KeySize">Bytes.</param>
/// <param name="ValueSize">Bytes.</param>
/// <param name="Keys">Entry after entry; empty for an array map, whose keys are 0, 1, 2...</param>
/// <param name="Values">Entry after entry.</param>
public sealed record MapContents(string Name, int KeySize, int ValueSize, ImmutableArray<byte> Keys, ImmutableArray<byte> Values)
{
    public bool IsArray => Keys.IsEmpty && Values.Length > 0;

    public int Count => Values.Length / ValueSize;
}
