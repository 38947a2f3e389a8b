namespace PolicyCompiler.MSBuild.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("policyc-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
