using System.Diagnostics;
using System.Text;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Pipeline.Tests.Inputs;

public sealed class InputFileReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policyc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void StandardInputNamedTwiceIsReadOnce()
    {
        var read = Read("text", "-", "-");
        Assert.Empty(read.Diagnostics);
        Assert.Equal(["stdin"], LogicalPaths(read));
    }

    [Fact]
    public void APipeIsReadLikeAFile()
    {
        var pipe = Path.Combine(_folder, "pipe");
        using (var maker = Process.Start("mkfifo", [pipe]))
        {
            maker.WaitForExit();
        }

        using var writer = Process.Start("sh", ["-c", "echo kind: Pod > \"$0\"", pipe]);
        var read = Read("", pipe);
        writer.WaitForExit();
        Assert.Empty(read.Diagnostics);
        Assert.Equal("kind: Pod\n", Assert.Single(read.Value!).Text);
    }

    [Fact]
    public void TheBundleOfAnEarlierCompileIsNoInput()
    {
        File("policies/a.yaml");
        File("policies/out/manifest.json");
        File("policies/out/maps.bin");
        File("policies/out/maps.json");
        Assert.Equal(["a.yaml"], LogicalPaths(Read("", Path.Combine(_folder, "policies"))));
    }

    [Fact]
    public void AManifestOfSomebodyElseIsAnInput()
    {
        File("policies/app/manifest.json");
        Assert.Equal(["app/manifest.json"], LogicalPaths(Read("", Path.Combine(_folder, "policies"))));
    }

    [Fact]
    public void ALinkToADirectoryAroundItIsNotFollowed()
    {
        File("policies/inner/a.yaml");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "policies/inner/loop"), Path.Combine(_folder, "policies"));
        Assert.Equal(["inner/a.yaml"], LogicalPaths(Read("", Path.Combine(_folder, "policies"))));
    }

    [Fact]
    public void FilesBehindALinkedDirectoryAreRead()
    {
        File("elsewhere/a.yaml");
        Directory.CreateDirectory(Path.Combine(_folder, "policies"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "policies/linked"), Path.Combine(_folder, "elsewhere"));
        Assert.Equal(["linked/a.yaml"], LogicalPaths(Read("", Path.Combine(_folder, "policies"))));
    }

    [Fact]
    public async Task APipeThatWasFoundIsNotWaitedFor()
    {
        var named = File("policies/a.yaml");
        using var process = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder, "policies/b.yaml")]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var read = await Task.Run(() => Read("", Path.GetDirectoryName(named)!), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(["kind: Pod\n", ""], read.Value!.Select(s => s.Text));
    }

    [Fact]
    public void LogicalPathsDoNotNameTheWorkingDirectory()
    {
        var (one, two) = (File("policies/a.yaml"), File("policies/b.yaml"));
        var here = Directory.GetCurrentDirectory();
        Assert.Equal(["policies/a.yaml", "policies/b.yaml"], LogicalPaths(Read("", one, two)));
        var paths = new[] { one, two }.Select(p => Path.Combine(".", Path.GetRelativePath(here, p))).ToArray();
        Assert.Equal(["policies/a.yaml", "policies/b.yaml"], LogicalPaths(Read("", paths)));

        // The working directory itself, and a file in it.
        var name = Path.GetFileName(here);
        var inside = Read("", ".", one);
        Assert.All(LogicalPaths(inside), p => Assert.False(p.StartsWith(name + "/", StringComparison.Ordinal), p));
    }

    private static Stage<IReadOnlyList<SourceText>> Read(string standardInput, params string[] paths)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(standardInput));
        return InputFileReader.Read(paths, stream);
    }

    private static IEnumerable<string> LogicalPaths(Stage<IReadOnlyList<SourceText>> read) => read.Value!.Select(s => s.LogicalPath);

    private string File(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, "kind: Pod\n");
        return path;
    }
}
