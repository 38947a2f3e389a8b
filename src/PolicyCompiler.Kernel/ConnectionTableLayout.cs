using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PolicyCompiler.Kernel;

/// <summary>
/// The variable <c>policyc_ct_layout</c> (struct policyc_ct_layout of policyc_abi.h): how the connection tables are
/// hashed. All programs that share the tables share the map that holds it.
/// </summary>
internal static class ConnectionTableLayout
{
    public const string Variable = "policyc_ct_layout";
    public const string Section = ".data.conntrack";
    public const string TableIPv4 = "policyc_conntrack4";
    public const string TableIPv6 = "policyc_conntrack6";

    /// <summary>Bytes of the struct: two bucket counts, the multiplier, ten seeds.</summary>
    public const int Size = 4 + 4 + 8 + (10 * 4);

    /// <summary>The struct's bytes with fresh secrets: with known ones, connections could be aimed at one bucket.</summary>
    public static byte[] Create(uint bucketsIPv4, uint bucketsIPv6)
    {
        var bytes = RandomNumberGenerator.GetBytes(Size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, bucketsIPv4);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), bucketsIPv6);

        // An even multiplier would lose the sum's highest bit.
        bytes[8] |= 1;
        return bytes;
    }
}
