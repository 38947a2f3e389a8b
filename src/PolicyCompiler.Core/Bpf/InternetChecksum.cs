using System.Buffers.Binary;

namespace PolicyCompiler.Core.Bpf;

/// <summary>The one's complement checksum of RFC 1071.</summary>
public static class InternetChecksum
{
    /// <summary>Over bytes whose checksum field is zero; over bytes with a right checksum the result is 0.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        if (bytes.Length == 1)
        {
            sum += (uint)bytes[0] << 8;
        }

        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
