using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Frontend.Lint;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Pipeline.Lint;

/// <summary>Finds and reads <c>.policyc.yaml</c>.</summary>
public static class LintConfigurationFile
{
    public const string Name = ".policyc.yaml";

    /// <summary>Stated in place of a file: no configuration, and none is searched. A file of that name is <c>./none</c>.</summary>
    public const string None = "none";

    /// <param name="stated">The file to read, or <see cref="None"/>; null: the first that is found.</param>
    /// <param name="firstPath">
    /// The first input: its directory and those around it are searched when the working directory has none.
    /// </param>
    public static Stage<LintConfiguration> Read(string? stated, string firstPath)
    {
        if (stated == None)
        {
            return Stage.Of(LintConfiguration.Default);
        }

        if (stated is not null && !File.Exists(stated))
        {
            return Stage.Of<LintConfiguration>(null, [InputDiagnostics.NotFound.At(SourceSpan.None, stated)]);
        }

        if ((stated ?? Find(firstPath)) is not { } path)
        {
            return Stage.Of(LintConfiguration.Default);
        }

        using var noInput = new MemoryStream();
        var (text, problem) = InputFileReader.ReadOne(path, Path.GetFileName(path), noInput);
        return text is null ? Stage.Of<LintConfiguration>(null, [problem!]) : LintConfigurationReader.Read(text);
    }

    private static string? Find(string firstPath)
    {
        if (File.Exists(Name) || firstPath == "-")
        {
            return File.Exists(Name) ? Name : null;
        }

        for (var directory = new DirectoryInfo(Path.GetFullPath(firstPath)); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, Name);
            if (File.Exists(candidate))
            {
                return Path.GetRelativePath(Environment.CurrentDirectory, candidate);
            }
        }

        return null;
    }
}
