using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Pipeline.Tests.Bundles;

public sealed class BundleWriterTests : IDisposable
{
    private static readonly (string Path, byte[] Content)[] Old = [("manifest.json", [1]), ("maps.bin", [2]), ("old", [3])];
    private static readonly (string Path, byte[] Content)[] New = [("manifest.json", [4]), ("maps.bin", [5])];

    private readonly string _folder = Directory.CreateTempSubdirectory("policyc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ABundleTakesThePlaceOfAnEarlierOne()
    {
        var target = Path.Combine(_folder, "out");
        Assert.Null(BundleWriter.Write(Old, target));
        Assert.Null(BundleWriter.Write(New, target));
        Assert.Equal(["manifest.json", "maps.bin"], Directory.EnumerateFiles(target).Select(Path.GetFileName).Order());
        Assert.Equal([target], Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void ALinkKeepsNamingTheDirectoryThatHasTheBundle()
    {
        var (target, link) = (Path.Combine(_folder, "real"), Path.Combine(_folder, "link"));
        Assert.Null(BundleWriter.Write(Old, target));
        Directory.CreateSymbolicLink(link, target);
        Assert.Null(BundleWriter.Write(New, link));
        Assert.Equal(target, new DirectoryInfo(link).LinkTarget);
        Assert.Equal([(byte)4], File.ReadAllBytes(Path.Combine(target, "manifest.json")));
    }

    [Fact]
    public void ADirectoryWithSomebodyElsesManifestIsNotReplaced()
    {
        var file = Path.Combine(_folder, "manifest.json");
        File.WriteAllText(file, "kind: Pod");
        Assert.Equal("NP7001", BundleWriter.Write(New, _folder)?.Code);
        Assert.Equal("kind: Pod", File.ReadAllText(file));
    }

    [Fact]
    public void ANameThatIsNoneIsAnError() => Assert.Equal("NP7002", BundleWriter.Write(New, "")?.Code);
}
