using System.Text.Json;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>Where code hosts count paths from: the checkout around a directory, or the directory itself outside of one.</summary>
internal sealed class ArtifactRoot
{
    /// <summary>The name that stands for the root in logs; code hosts know it.</summary>
    public const string BaseId = "%SRCROOT%";

    private readonly string _directory;
    private readonly string _root;

    /// <param name="directory">What relative paths are relative to.</param>
    public ArtifactRoot(string directory)
    {
        _directory = _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        for (var folder = _directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            // A worktree or submodule has a file of that name.
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                _root = folder;
                break;
            }
        }
    }

    /// <summary>SARIF 2.1.0, 3.4: relative to the root where the file lies below it, else absolute.</summary>
    public void Write(Utf8JsonWriter json, string path)
    {
        var uri = UriOf(path);
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", uri);
        if (!uri.StartsWith("file:", StringComparison.Ordinal))
        {
            json.WriteString("uriBaseId", BaseId);
        }

        json.WriteEndObject();
    }

    public string UriOf(string path)
    {
        var relative = PathOf(path);
        var escaped = string.Join('/', relative.Split('/').Select(Uri.EscapeDataString));
        return Path.IsPathRooted(relative) ? $"file://{escaped}" : escaped;
    }

    /// <summary>Relative to the root where the file lies below it, else absolute.</summary>
    public string PathOf(string path)
    {
        if (path == "-")
        {
            return "stdin";
        }

        var full = Path.GetFullPath(path, _directory);
        var relative = Path.GetRelativePath(_root, full);
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? full : relative;
    }
}
