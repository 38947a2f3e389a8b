using System.Text;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Inputs;

/// <summary>Reads the files that the arguments name.</summary>
public static class InputFileReader
{
    /// <summary>Bytes a file may have: far above any manifest, low enough that a wrong path does not exhaust the memory.</summary>
    public const long MaximumBytes = 64 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="paths">Files, directories, or <c>-</c>.</param>
    /// <param name="standardInput">What <c>-</c> reads.</param>
    /// <param name="root">The directory that logical paths of the files below it are relative to; null: what the paths name.</param>
    public static Stage<IReadOnlyList<SourceText>> Read(IReadOnlyList<string> paths, Stream standardInput, string? root = null)
    {
        var diagnostics = new List<Diagnostic>();
        var files = new List<(string Path, string Logical, bool IsFound)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var prefixes = Prefixes(paths);
        for (var i = 0; i < paths.Count; i++)
        {
            var path = paths[i];
            if (path == "-")
            {
                // A stream has one end: named twice, it is read once, as a file is.
                if (seen.Add(path))
                {
                    files.Add(("-", "stdin", false));
                }
            }
            else if (File.Exists(path))
            {
                Add(path, prefixes[i] + Path.GetFileName(path));
            }
            else if (Directory.Exists(path))
            {
                try
                {
                    var found = InputDirectory.Find(path);
                    if (found.Count == 0)
                    {
                        diagnostics.Add(InputDiagnostics.EmptyDirectory.At(SourceSpan.None, path));
                    }

                    foreach (var relative in found)
                    {
                        Add(Path.Combine(path, relative), prefixes[i] + relative, isFound: true);
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    diagnostics.Add(InputDiagnostics.Unreadable.At(SourceSpan.None, path, e.Message));
                }
            }
            else
            {
                diagnostics.Add(InputDiagnostics.NotFound.At(SourceSpan.None, path));
            }
        }

        var results = new (SourceText? Text, Diagnostic? Problem)[files.Count];
        Parallel.For(0, files.Count, i => results[i] = files[i].IsFound && HasNoLength(files[i].Path)
            ? Decode(files[i].Path, files[i].Logical, [])
            : ReadOne(files[i].Path, files[i].Logical, standardInput));
        diagnostics.AddRange(results.Where(r => r.Problem is not null).Select(r => r.Problem!));
        return Stage.Of<IReadOnlyList<SourceText>>([.. results.Where(r => r.Text is not null).Select(r => r.Text!)], diagnostics);

        void Add(string file, string logical, bool isFound = false)
        {
            // The same file through two arguments is read once.
            if (seen.Add(Path.GetFullPath(file)))
            {
                files.Add((file, BelowRoot(file, root) ?? logical, isFound));
            }
        }
    }

    /// <summary>An empty file; or a pipe, for which nobody who did not name it should be made to wait.</summary>
    private static bool HasNoLength(string file) => new FileInfo(file) is { Exists: true, Length: 0, LinkTarget: null };

    private static string? BelowRoot(string file, string? root)
    {
        if (root is null)
        {
            return null;
        }

        var relative = Path.GetRelativePath(root, file).Replace('\\', '/');
        return Path.IsPathRooted(relative) || relative.StartsWith("../", StringComparison.Ordinal) ? null : relative;
    }

    /// <summary>
    /// With one argument, logical paths are relative to it; with several they start with the argument's last name, and
    /// with a number where two arguments end alike.
    /// </summary>
    private static string[] Prefixes(IReadOnlyList<string> paths)
    {
        if (paths.Count <= 1)
        {
            return [.. paths.Select(_ => "")];
        }

        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. paths.Select(path =>
            {
                if (path == "-" || !Directory.Exists(path))
                {
                    var folder = path == "-" ? "" : LastName(Path.GetDirectoryName(path) ?? "");
                    return folder.Length == 0 ? "" : folder + "/";
                }

                var name = LastName(path);
                if (name.Length == 0)
                {
                    return "";
                }

                used[name] = used.GetValueOrDefault(name) + 1;
                return used[name] == 1 ? name + "/" : $"{name}~{used[name]}/";
            }),
        ];
    }

    /// <summary>As written: what the working directory is called must not show in the bundle.</summary>
    private static string LastName(string path) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) is var name && name is "." or ".." ? "" : name;

    internal static (SourceText? Text, Diagnostic? Problem) ReadOne(string path, string logical, Stream standardInput)
    {
        try
        {
            using var stream = path == "-" ? standardInput : File.OpenRead(path);
            using var memory = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, MaximumBytes) : 0);
            var buffer = new byte[1 << 16];
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                memory.Write(buffer, 0, count);
                if (memory.Length > MaximumBytes)
                {
                    return (null, InputDiagnostics.TooLarge.At(SourceSpan.None, path, memory.Length, MaximumBytes));
                }
            }

            return Decode(path, logical, memory.GetBuffer().AsSpan(0, (int)memory.Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, InputDiagnostics.Unreadable.At(SourceSpan.None, path, e.Message));
        }
    }

    /// <summary>A text from its bytes, which may start with a byte order mark.</summary>
    internal static (SourceText? Text, Diagnostic? Problem) Decode(string path, string logical, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (new SourceText(path, logical, Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes)), null);
        }
        catch (DecoderFallbackException e)
        {
            return (null, InputDiagnostics.NotUtf8.At(SourceSpan.None, path, e.Index));
        }
    }
}
