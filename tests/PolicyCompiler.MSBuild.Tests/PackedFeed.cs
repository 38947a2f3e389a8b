using PolicyCompiler.MSBuild.Tests;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace PolicyCompiler.MSBuild.Tests;

/// <summary>The packages as eng/pack.sh makes them for a release, packed once for all tests, and a package cache of their own.</summary>
public sealed class PackedFeed : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("policyc-feed-").FullName;

    private static readonly Lazy<string> MachineCache = new(() =>
        CommandProcess.Succeed(Repository.Root, "dotnet", ["nuget", "locals", "global-packages", "--list"]).Output.Trim()["global-packages: ".Length..]);

    private readonly Lazy<string> _version;

    public PackedFeed()
    {
        Folder = Path.Combine(_root, "feed");
        _version = new Lazy<string>(() => Pack(Folder));
    }

    public string Folder { get; }

    public string Version => _version.Value;

    /// <summary>
    /// The feed alone: what a fresh project needs besides it comes with the SDK. One that targets .NET Standard also needs a
    /// package that the task's own project has brought into the machine's cache, which is only read.
    /// </summary>
    public string Configuration => $"""
        <configuration>
          <packageSources><clear /><add key="packed" value="{Folder}" /></packageSources>
          <fallbackPackageFolders><clear /><add key="machine" value="{MachineCache.Value}" /></fallbackPackageFolders>
          <config><add key="globalPackagesFolder" value="{Path.Combine(_root, "cache")}" /></config>
        </configuration>
        """;

    public string Package(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    /// <returns>The packages' version.</returns>
    internal static string Pack(string directory) => CommandProcess
        .Succeed(Repository.Root, Path.Combine(Repository.Root, "eng", "pack.sh"), [directory]).Output.Trim().Split('\n')[^1];

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
