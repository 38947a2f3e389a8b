using System.CommandLine;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Outputs;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>A file of <c>-o</c>: it is there complete, or as it was before.</summary>
internal static class OutputFile
{
    /// <summary>The option that names it.</summary>
    public static Option<string?> Option() => new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

    /// <param name="path">The file; null: standard output.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>The problem, if it could not be written.</returns>
    public static Diagnostic? Write(string? path, Action<Stream> write)
    {
        if (path is null)
        {
            using var output = Terminal.OpenOutput();
            write(output);
            return null;
        }

        try
        {
            WholeFile.Write(path, write);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CliDiagnostics.NotWritten.At(SourceSpan.None, path, e.Message);
        }
    }
}
