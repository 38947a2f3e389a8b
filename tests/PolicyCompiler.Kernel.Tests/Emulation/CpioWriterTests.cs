using System.Text;
using PolicyCompiler.Kernel.Emulation;

namespace PolicyCompiler.Kernel.Tests.Emulation;

public sealed class CpioWriterTests
{
    [Fact]
    public void EntriesAreLaidOutAsTheKernelReadsThem()
    {
        var writer = new CpioWriter();
        writer.AddDirectory("dev");
        writer.AddCharacterDevice("dev/console", 5, 1);
        writer.AddFile("init", "hello"u8, executable: true);
        var archive = writer.ToArray();

        Assert.Equal(0, archive.Length % 4);
        var text = Encoding.ASCII.GetString(archive);
        Assert.StartsWith("070701" + "00000001" + "000041ED" + "00000000" + "00000000" + "00000001", text, StringComparison.Ordinal);

        // Device numbers, length of the name with its zero, no checksum; then the name.
        Assert.Contains("00000005" + "00000001" + "0000000C" + "00000000" + "dev/console\0", text, StringComparison.Ordinal);
        var file = text.IndexOf("init\0", StringComparison.Ordinal);
        Assert.Contains("000081ED", text[(file - 110)..file], StringComparison.Ordinal);

        // Name and content are padded to four bytes each: the header has 110, the name 5.
        Assert.Equal("hello\0\0\0070701", text.Substring(file - 110 + 116, 14));
        Assert.Contains("TRAILER!!!\0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameEntriesGiveTheSameBytes()
    {
        static byte[] Write()
        {
            var writer = new CpioWriter();
            writer.AddFile("a", "1"u8);
            return writer.ToArray();
        }

        Assert.Equal(Write(), Write());
    }
}
