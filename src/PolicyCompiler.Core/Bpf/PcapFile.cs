using System.Buffers.Binary;

namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// Capture files in the classic format of libpcap (draft-ietf-opsawg-pcap), little-endian, link type 1 (Ethernet). Times are zero, so
/// that the same packets make the same bytes.
/// </summary>
public static class PcapFile
{
    private const int HeaderLength = 24;
    private const int RecordHeaderLength = 16;

    /// <param name="frames">Ethernet frames without checksum at the end.</param>
    public static byte[] Write(IReadOnlyCollection<byte[]> frames)
    {
        var file = new byte[HeaderLength + frames.Sum(f => RecordHeaderLength + f.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(file, 0xa1b2c3d4);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16), 65_535);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(20), 1);
        var at = HeaderLength;
        foreach (var frame in frames)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 8), frame.Length);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 12), frame.Length);
            frame.CopyTo(file, at + RecordHeaderLength);
            at += RecordHeaderLength + frame.Length;
        }

        return file;
    }
}
