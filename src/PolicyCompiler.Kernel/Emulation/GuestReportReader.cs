using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>
/// Console text -> report. Firmware and kernel write to the same console, in the middle of a line if they like: only lines
/// whose checksum is right count, and an object counts once its own record has come.
/// </summary>
internal static class GuestReportReader
{
    /// <summary>What the guest's lines begin with; a checksum (8 hex digits) and the record follow.</summary>
    public const string Marker = "policyc-guest ";

    private const string Panic = "Kernel panic";
    private const int ChecksumDigits = 8;

    public static GuestReport Read(string console)
    {
        var release = "";
        var complete = false;
        var last = "";
        var panic = "";
        var objects = ImmutableDictionary.CreateBuilder<int, GuestObject>();
        var programs = new List<(int Object, GuestProgram Program)>();
        foreach (var line in console.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (RecordOf(line) is not { } words)
            {
                last = line.StartsWith(Marker, StringComparison.Ordinal) ? last : Printable(line);
                panic = panic.Length == 0 && line.Contains(Panic, StringComparison.Ordinal) ? Printable(line) : panic;
                continue;
            }

            switch (words)
            {
                case ["start", var kernel, _]:
                    release = kernel;
                    break;
                case ["program", var index, var name, var instructions, var log] when Number(index) is { } number && Number(instructions) is { } count && Text(log) is { } text:
                    programs.Add((number, new GuestProgram(name, count, text)));
                    break;
                case ["object", var index, var error, var messages] when Number(index) is { } number && Number(error) is { } errno && Text(messages) is { } text:
                    objects[number] = new GuestObject(errno, text, [.. programs.Where(p => p.Object == number).Select(p => p.Program)]);
                    break;
                case ["end", var count]:
                    complete = Number(count) == objects.Count;
                    break;
                default:
                    break;
            }
        }

        return new GuestReport(release, objects.ToImmutable(), complete, panic.Length > 0 ? panic : last);
    }

    private static string[]? RecordOf(string line)
    {
        var start = line.IndexOf(Marker, StringComparison.Ordinal);
        var record = start < 0 ? "" : line[(start + Marker.Length)..];
        return record.Length > ChecksumDigits + 1
            && uint.TryParse(record.AsSpan(0, ChecksumDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum)
            && Crc32C.Of(Encoding.UTF8.GetBytes(record[(ChecksumDigits + 1)..])) == checksum
                ? record[(ChecksumDigits + 1)..].Split(' ')
                : null;
    }

    private static int? Number(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string? Text(string word)
    {
        var bytes = new byte[word.Length];
        return word == "-" ? ""
            : Convert.TryFromBase64String(word, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static string Printable(string line) => string.Concat(line.Where(c => c is >= ' ' and < (char)0x7f)).Trim();
}
