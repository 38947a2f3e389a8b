using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PolicyCompiler.Kernel;

/// <summary>
/// The variable <c>policyc_ct_layout</c> (struct policyc_ct_layout of policyc_abi.h): how the connection table is
/// hashed. All programs that share the table share the map that holds it.
/// </summary>
internal static class ConnectionTableLayout
{
    public const string Variable = "policyc_ct_layout";
    public const string Section = ".data.conntrack";
    public const string Table = "policyc_conntrack";

    /// <summary>Bytes of the struct: the number of buckets, ten seeds, a reserved word, the multiplier.</summary>
    public const int Size = 4 + (10 * 4) + 4 + 8;

    private const int MultiplierOffset = Size - 8;

    /// <summary>The struct's bytes with fresh secrets: with known ones, connections could be aimed at one bucket.</summary>
    public static byte[] Create(uint buckets)
    {
        var bytes = RandomNumberGenerator.GetBytes(Size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, buckets);
        bytes.AsSpan(MultiplierOffset - 4, 4).Clear();

        // An even multiplier would lose the sum's highest bit.
        bytes[MultiplierOffset] |= 1;
        return bytes;
    }
}
