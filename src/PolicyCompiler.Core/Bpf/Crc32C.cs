namespace PolicyCompiler.Core.Bpf;

/// <summary>The CRC that SCTP uses (RFC 9260, appendix A): Castagnoli's polynomial, reflected.</summary>
public static class Crc32C
{
    private const uint ReflectedPolynomial = 0x82f63b78;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (ReflectedPolynomial & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
