namespace PolicyCompiler.Pipeline.Outputs;

/// <summary>A file that is there complete, or as it was before.</summary>
public static class WholeFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Through a temporary file beside it, which nothing leaves behind.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        // A link, a device or a pipe is written to and stays what it is. The last two have no length, and an empty file loses
        // nothing.
        var old = new FileInfo(path);
        if (old.Exists && (old.Length == 0 || old.Attributes.HasFlag(FileAttributes.ReparsePoint)))
        {
            WriteTo(path, write);
            return;
        }

        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            WriteTo(temporary, write);
            if (old.Exists && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, old.UnixFileMode);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            // Quiet where there is none, but not where its folder is missing.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static void WriteTo(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        write(file);
    }
}
