using System.Globalization;
using System.Text;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>
/// Writes a cpio archive of the "newc" format, as the kernel unpacks an initramfs
/// (Documentation/driver-api/early-userspace/buffer-format.rst). Same entries, same bytes: no times, no owners.
/// </summary>
internal sealed class CpioWriter
{
    private const int Directory = 0x4000;
    private const int RegularFile = 0x8000;
    private const int CharacterDevice = 0x2000;
    private const string EndOfArchive = "TRAILER!!!";

    private readonly MemoryStream _archive = new();
    private int _lastInode;

    public void AddDirectory(string path) => Add(path, Directory | 0x1ed, []);

    public void AddFile(string path, ReadOnlySpan<byte> content, bool executable = false) =>
        Add(path, RegularFile | (executable ? 0x1ed : 0x1a4), content);

    public void AddCharacterDevice(string path, int major, int minor) => Add(path, CharacterDevice | 0x180, [], major, minor);

    /// <summary>Ends the archive; nothing can be added afterwards.</summary>
    public byte[] ToArray()
    {
        Add(EndOfArchive, 0, []);
        return _archive.ToArray();
    }

    private void Add(string path, int mode, ReadOnlySpan<byte> content, int deviceMajor = 0, int deviceMinor = 0)
    {
        var name = Encoding.ASCII.GetBytes(path + "\0");
        int[] fields = [++_lastInode, mode, 0, 0, 1, 0, content.Length, 0, 0, deviceMajor, deviceMinor, name.Length, 0];
        _archive.Write("070701"u8);
        foreach (var field in fields)
        {
            _archive.Write(Encoding.ASCII.GetBytes(field.ToString("X8", CultureInfo.InvariantCulture)));
        }

        _archive.Write(name);
        Align();
        _archive.Write(content);
        Align();
    }

    private void Align()
    {
        while (_archive.Length % 4 != 0)
        {
            _archive.WriteByte(0);
        }
    }
}
