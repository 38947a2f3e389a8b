using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Pipeline.Git;

/// <summary>Reads input texts of a git revision, straight from its objects: nothing is checked out.</summary>
/// <param name="directory">A directory of a working tree; paths are relative to it.</param>
public sealed class GitRevisionReader(string directory)
{
    private const string Link = "120000";
    private const string Commit = "160000";
    private const string File = "100";

    /// <summary>The revision at which two have parted, for <c>A...B</c>.</summary>
    public Stage<string> MergeBase(string first, string second)
    {
        var found = GitProcess.Run(directory, "", "merge-base", "--end-of-options", first, second);
        return found.Succeeded
            ? Stage.Of(found.Line)
            : Stage.Of<string>(null, [GitDiagnostics.UnknownRevision.At(SourceSpan.None, $"{first}...{second}", Why(found, "they have no commit in common"))]);
    }

    /// <param name="revision">Whatever names a commit or a tree.</param>
    /// <param name="paths">Files and directories in it, as they are called from the directory.</param>
    /// <returns>Texts with the path <c>REVISION:PATH</c>; logical paths are those of the tree.</returns>
    public Stage<IReadOnlyList<SourceText>> Read(string revision, IReadOnlyList<string> paths)
    {
        var tree = GitProcess.Run(directory, "", "rev-parse", "--verify", "--end-of-options", revision + "^{tree}");
        if (!tree.Succeeded)
        {
            var inside = GitProcess.Run(directory, "", "rev-parse", "--git-dir");
            return Stage.Of<IReadOnlyList<SourceText>>(
                null,
                [inside.Succeeded
                    ? GitDiagnostics.UnknownRevision.At(SourceSpan.None, revision, Why(tree, "git does not know it"))
                    : GitDiagnostics.Failed.At(SourceSpan.None, revision, inside.Error)]);
        }

        var diagnostics = new List<Diagnostic>();
        var files = new List<(string Path, string Object)>();
        foreach (var path in paths)
        {
            var listed = GitProcess.Run(directory, "", "ls-tree", "-r", "-z", tree.Line, "--", path);
            if (!listed.Succeeded)
            {
                diagnostics.Add(GitDiagnostics.Failed.At(SourceSpan.None, $"{revision}:{path}", listed.Error));
                continue;
            }

            var found = Select(revision, path, Entries(listed.Output), diagnostics);
            if (found.Count == 0)
            {
                diagnostics.Add(GitDiagnostics.PathNotInRevision.At(SourceSpan.None, revision, path));
            }

            files.AddRange(found.Where(f => !files.Contains(f)));
        }

        return Contents(revision, files, diagnostics);
    }

    private static List<(string Mode, string Object, string Path)> Entries(byte[] listing)
    {
        // MODE SP TYPE SP OBJECT TAB PATH NUL
        var entries = new List<(string Mode, string Object, string Path)>();
        foreach (var line in Encoding.UTF8.GetString(listing).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var words = line[..tab].Split(' ');
            entries.Add((words[0], words[2], line[(tab + 1)..]));
        }

        return entries;
    }

    /// <summary>As a directory is searched: files of YAML and JSON outside of bundles, and whatever is named itself.</summary>
    private static List<(string Path, string Object)> Select(
        string revision, string path, List<(string Mode, string Object, string Path)> entries, List<Diagnostic> diagnostics)
    {
        var names = entries.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        var bundles = entries.Where(e => Path.GetFileName(e.Path) == BundleLayout.Manifest).Select(e => e.Path[..^BundleLayout.Manifest.Length])
            .Where(d => names.Contains(d + BundleLayout.MapsBinary)).ToList();
        var files = new List<(string Path, string Object)>();
        foreach (var (mode, hash, file) in entries)
        {
            // Whatever it is called, a directory may be behind either of them.
            if (mode == Commit)
            {
                diagnostics.Add(GitDiagnostics.Submodule.At(SourceSpan.None, $"{revision}:{file}"));
                continue;
            }

            if (mode == Link && Path.GetExtension(file).Length == 0)
            {
                diagnostics.Add(GitDiagnostics.SymbolicLink.At(SourceSpan.None, $"{revision}:{file}"));
                continue;
            }

            if ((!InputDirectory.IsInput(file) && file != path) || bundles.Exists(b => file.StartsWith(b, StringComparison.Ordinal)))
            {
                continue;
            }

            if (mode == Link)
            {
                diagnostics.Add(GitDiagnostics.SymbolicLink.At(SourceSpan.None, $"{revision}:{file}"));
            }
            else if (mode.StartsWith(File, StringComparison.Ordinal))
            {
                files.Add((file, hash));
            }
        }

        return files;
    }

    private Stage<IReadOnlyList<SourceText>> Contents(string revision, List<(string Path, string Object)> files, List<Diagnostic> diagnostics)
    {
        var batch = GitProcess.Run(directory, string.Concat(files.Select(f => f.Object + "\n")), "cat-file", "--batch");
        if (!batch.Succeeded)
        {
            diagnostics.Add(GitDiagnostics.Failed.At(SourceSpan.None, revision, batch.Error));
            return Stage.Of<IReadOnlyList<SourceText>>(null, diagnostics);
        }

        var texts = new List<SourceText>();
        var rest = batch.Output.AsSpan();
        foreach (var (path, _) in files)
        {
            // OBJECT SP TYPE SP SIZE LF CONTENT LF; OBJECT SP missing LF in a partial clone without its remote.
            var end = rest.IndexOf((byte)'\n');
            var words = end < 0 ? [] : Encoding.ASCII.GetString(rest[..end]).Split(' ');
            var name = $"{revision}:{path}";
            if (words is not [_, "blob", var digits])
            {
                diagnostics.Add(GitDiagnostics.Failed.At(SourceSpan.None, name, "its content is not in the repository; fetch it"));
                rest = end < 0 ? [] : rest[(end + 1)..];
                continue;
            }

            var size = int.Parse(digits, CultureInfo.InvariantCulture);
            if (size > InputFileReader.MaximumBytes)
            {
                diagnostics.Add(InputDiagnostics.TooLarge.At(SourceSpan.None, name, size, InputFileReader.MaximumBytes));
            }
            else
            {
                var (text, problem) = InputFileReader.Decode(name, path, rest.Slice(end + 1, size));
                texts.AddRange(text is null ? [] : [text]);
                diagnostics.AddRange(problem is null ? [] : [problem]);
            }

            rest = rest[(end + 1 + size + 1)..];
        }

        return Stage.Of<IReadOnlyList<SourceText>>(texts, diagnostics);
    }

    private static string Why(GitProcess.Result result, string otherwise) =>
        result.Error.Length == 0 ? otherwise : result.Error.Replace("fatal: ", "", StringComparison.Ordinal);
}
