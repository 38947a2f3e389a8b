using System.Collections.Immutable;
using PolicyCompiler.Assertions;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Inputs;

/// <summary>Finds and reads the <c>.flow</c> files among the arguments of a test.</summary>
public static class AssertionFileReader
{
    private const string Extension = ".flow";

    /// <summary>The arguments that are inputs of the compile: all but assertion files, and directories that have nothing else.</summary>
    public static ImmutableArray<string> WithoutAssertions(IReadOnlyList<string> paths) =>
        [.. paths.Where(p => !IsAssertionFile(p) && !(Directory.Exists(p) && HasOnlyAssertions(p)))];

    /// <param name="paths">Files and directories; files of other kinds are left to the compile.</param>
    /// <param name="named">Assertion files, whatever they are called, and directories.</param>
    public static Stage<IReadOnlyList<AssertionSuite>> Read(IReadOnlyList<string> paths, IReadOnlyList<string> named)
    {
        var diagnostics = new List<Diagnostic>();
        var files = paths.Where(IsAssertionFile).Concat(paths.Where(Directory.Exists).SelectMany(d => Below(d, diagnostics)))
            .Concat(named.SelectMany(n => Directory.Exists(n) ? Below(n, diagnostics) : [n]))
            .DistinctBy(Path.GetFullPath, StringComparer.Ordinal).ToList();
        if (files.Count == 0 && diagnostics.Count == 0)
        {
            diagnostics.Add(InputDiagnostics.NoAssertions.At(SourceSpan.None, string.Join(", ", paths.Concat(named).Select(p => $"'{p}'"))));
        }

        var suites = new List<AssertionSuite>();
        foreach (var file in files)
        {
            var (text, problem) = InputFileReader.ReadOne(file, file, Stream.Null);
            if (text is null)
            {
                diagnostics.Add(problem!);
                continue;
            }

            var suite = FlowFileReader.Read(text);
            diagnostics.AddRange(suite.Diagnostics);
            if (suite.Value is { } read)
            {
                suites.Add(read);
            }
        }

        return Stage.Of<IReadOnlyList<AssertionSuite>>(suites, diagnostics);
    }

    private static bool IsAssertionFile(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    private static bool HasOnlyAssertions(string directory)
    {
        try
        {
            return InputDirectory.Find(directory).Count == 0 && InputDirectory.Find(directory, [Extension]).Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The compile says so.
            return false;
        }
    }

    private static List<string> Below(string directory, List<Diagnostic> diagnostics)
    {
        try
        {
            return [.. InputDirectory.Find(directory, [Extension]).Select(f => Path.Combine(directory, f))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(InputDiagnostics.Unreadable.At(SourceSpan.None, directory, e.Message));
            return [];
        }
    }
}
