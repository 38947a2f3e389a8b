using System.Buffers.Binary;
using System.Text;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>Finds the shared libraries of this machine that a program needs (elf(5), 64-bit little-endian).</summary>
internal static class SharedLibraries
{
    /// <summary>The program interpreter that x86-64 programs name.</summary>
    public const string Interpreter = "/lib64/ld-linux-x86-64.so.2";

    private static readonly string[] Folders =
        ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/local/lib", "/lib", "/usr/lib"];

    /// <summary>Path of each needed library by its name, those that libraries need included.</summary>
    /// <param name="program">The program's bytes.</param>
    /// <param name="missing">Name of a library that is not there; null when all are.</param>
    public static IReadOnlyDictionary<string, string> Find(ReadOnlySpan<byte> program, out string? missing)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var wanted = new Queue<string>(Needed(program));
        missing = null;
        while (wanted.TryDequeue(out var name))
        {
            if (found.ContainsKey(name) || name == Path.GetFileName(Interpreter))
            {
                continue;
            }

            if (Folders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists) is not { } path)
            {
                missing = name;
                return found;
            }

            found.Add(name, path);
            foreach (var next in Needed(File.ReadAllBytes(path)))
            {
                wanted.Enqueue(next);
            }
        }

        return found;
    }

    /// <summary>The names in its DT_NEEDED entries.</summary>
    internal static IReadOnlyList<string> Needed(ReadOnlySpan<byte> elf)
    {
        const uint DynamicSection = 6;
        const ulong NeededTag = 1;
        const int HeaderSize = 64, EntrySize = 16;
        var names = new List<string>();
        var table = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[40..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[60..]);
        for (var i = 0; i < count; i++)
        {
            var header = elf[(table + (i * HeaderSize))..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != DynamicSection)
            {
                continue;
            }

            var strings = Content(elf, elf[(table + ((int)BinaryPrimitives.ReadUInt32LittleEndian(header[40..]) * HeaderSize))..]);
            var dynamic = Content(elf, header);
            for (var at = 0; at + EntrySize <= dynamic.Length; at += EntrySize)
            {
                if (BinaryPrimitives.ReadUInt64LittleEndian(dynamic[at..]) == NeededTag)
                {
                    var name = strings[(int)BinaryPrimitives.ReadUInt64LittleEndian(dynamic[(at + 8)..])..];
                    names.Add(Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]));
                }
            }
        }

        return names;
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> elf, ReadOnlySpan<byte> header) => elf.Slice(
        (int)BinaryPrimitives.ReadUInt64LittleEndian(header[24..]), (int)BinaryPrimitives.ReadUInt64LittleEndian(header[32..]));
}
