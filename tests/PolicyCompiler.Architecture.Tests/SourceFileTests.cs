using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Architecture.Tests;

public sealed class SourceFileTests
{
    [Fact]
    public void NoSourceFileIsTooLongToRead()
    {
        var separator = Path.DirectorySeparatorChar;
        var long_ = new[] { "src", "tests" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{separator}obj{separator}", StringComparison.Ordinal)
                && !f.Contains($"{separator}Generated{separator}", StringComparison.Ordinal) && File.ReadLines(f).Count() > 500);
        Assert.Empty(long_);
    }
}
