using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;

namespace PolicyCompiler.MSBuild.Tests;

/// <summary>What is in the packages.</summary>
public sealed class PackageTests(PackedFeed feed)
{
    private static readonly string[] Ids = ["policyc", "PolicyCompiler.MSBuild"];

    [Fact]
    public void PackingTwiceGivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(feed.Version, PackedFeed.Pack(folder.Path));
        Assert.Equal(Hashes(feed.Folder), Hashes(folder.Path));
        Assert.Equal(Ids.Length, Hashes(feed.Folder).Length);
    }

    [Fact]
    public void BothCarryTheSameCommandLineForEveryMachine()
    {
        var contents = Ids.Select(id => Entries(id)
            .Where(e => e.Name.StartsWith("tools/", StringComparison.Ordinal) && !e.Name.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal))
            .Select(e => $"{e.Name} {e.Hash}").Order(StringComparer.Ordinal).ToArray()).ToArray();
        Assert.Equal(contents[0], contents[1]);
        Assert.Equal(
            ["any", "linux-arm64", "linux-x64"],
            contents[0].Where(c => c.Contains("/policyc.dll ", StringComparison.Ordinal)).Select(c => c.Split('/')[2]));
        Assert.DoesNotContain(contents[0], c => c.Contains(".pdb ", StringComparison.Ordinal) || c.Contains(".xml ", StringComparison.Ordinal) || c.Contains("/policyc ", StringComparison.Ordinal));
    }

    [Fact]
    public void BothSayWhatTheyAreAndWhatIsInside() => Assert.All(Ids, id =>
    {
        var names = Entries(id).Select(e => e.Name).ToList();
        Assert.All(["icon.png", "README.md", "LICENSE", "THIRD-PARTY-NOTICES.txt", "_manifest/bom.cdx.json"], n => Assert.Contains(n, names));

        var nuspec = XDocument.Parse(Text(id, $"{id}.nuspec"));
        string? Value(string name) => nuspec.Descendants().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
        Assert.Equal((id, feed.Version, "Apache-2.0", "icon.png", "README.md"), (Value("id"), Value("version"), Value("license"), Value("icon"), Value("readme")));
        Assert.Null(Value("dependencies"));
        Assert.Null(nuspec.Descendants().Single(e => e.Name.LocalName == "repository").Attribute("branch"));

        var bill = JsonDocument.Parse(Text(id, "_manifest/bom.cdx.json")).RootElement;
        Assert.Equal("CycloneDX", bill.GetProperty("bomFormat").GetString());
        Assert.Equal(feed.Version, bill.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());
        var parts = bill.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("name").GetString()!).ToList();
        var shipped = names.Where(n => n.StartsWith("tools/net10.0/any/", StringComparison.Ordinal) && n.EndsWith(".dll", StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n)).Where(n => n != "policyc" && !n.StartsWith("PolicyCompiler.", StringComparison.Ordinal));
        Assert.Equal(shipped.Order(StringComparer.Ordinal), parts.Order(StringComparer.Ordinal));
    });

    private static string[] Hashes(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*.nupkg").Order(StringComparer.Ordinal).Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}")];

    private List<(string Name, string Hash)> Entries(string id)
    {
        using var archive = ZipFile.OpenRead(feed.Package(id));
        return [.. archive.Entries.Select(e =>
        {
            using var stream = e.Open();
            return (e.FullName, Convert.ToHexString(SHA256.HashData(stream)));
        })];
    }

    private string Text(string id, string name)
    {
        using var archive = ZipFile.OpenRead(feed.Package(id));
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
