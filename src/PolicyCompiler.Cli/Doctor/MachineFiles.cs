using System.Globalization;

namespace PolicyCompiler.Cli.Doctor;

/// <summary>The files in which Linux describes a machine.</summary>
/// <param name="root">The root of the file system, or a folder that looks like one.</param>
internal sealed class MachineFiles(string root)
{
    public bool Exists(string path) => Path.Exists(At(path));

    /// <summary>Empty when it is not there or not readable.</summary>
    public string Text(string path)
    {
        try
        {
            return File.ReadAllText(At(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    public int? Number(string path) => int.TryParse(Text(path).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Where a file system of a type is mounted, proc(5): after " - " comes the type, before it the fifth field.</summary>
    public string? MountOf(string type)
    {
        foreach (var line in Text("/proc/self/mountinfo").Split('\n'))
        {
            if (line.Split(" - ") is [var left, var right] && right.Split(' ')[0] == type && left.Split(' ') is { Length: > 4 } fields)
            {
                return fields[4];
            }
        }

        return null;
    }

    /// <summary>The soft limit of locked memory in bytes, from /proc/self/limits; null when unlimited or not told.</summary>
    public long? LockedMemory()
    {
        const string name = "Max locked memory";
        var line = Text("/proc/self/limits").Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.TryParse(line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(), CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
    }

    /// <summary>The file behind a library that is mapped into this process; empty when none is.</summary>
    public string MappedLibrary(string name) => Text("/proc/self/maps").Split('\n')
        .Select(l => l[Math.Max(0, l.IndexOf('/', StringComparison.Ordinal))..])
        .FirstOrDefault(p => Path.GetFileName(p).StartsWith(name, StringComparison.Ordinal)) ?? "";

    private string At(string path) => Path.Join(root, path);
}
