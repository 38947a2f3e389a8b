using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Snapshots.Tests;

/// <summary>
/// Compares a text with <c>snapshots/CASE/NAME.verified.txt</c>. A difference leaves <c>NAME.received.txt</c> beside it;
/// with POLICYC_UPDATE_SNAPSHOTS (./test --update-snapshots) the text is written instead.
/// </summary>
internal static class SnapshotFile
{
    private static bool Updates => Environment.GetEnvironmentVariable("POLICYC_UPDATE_SNAPSHOTS") is { Length: > 0 };

    public static string PathOf(string caseName, string name) => Path.Combine(Repository.Root, "snapshots", caseName, name + ".verified.txt");

    public static void Check(string caseName, string name, string text)
    {
        var verified = PathOf(caseName, name);
        var received = Path.ChangeExtension(Path.ChangeExtension(verified, null), "received.txt");
        if (File.Exists(received))
        {
            File.Delete(received);
        }

        if (Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(verified)!);
            File.WriteAllText(verified, text);
            return;
        }

        var expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (expected != text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(received)!);
            File.WriteAllText(received, text);
            Assert.Fail(expected is null
                ? $"no snapshot {verified}; look at {received}, then ./test --update-snapshots"
                : $"{FirstDifference(expected, text)}\nin {received}; if it is meant, ./test --update-snapshots");
        }
    }

    private static string FirstDifference(string expected, string text)
    {
        var (old, now) = (expected.Split('\n'), text.Split('\n'));
        var line = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}: expected '{old.ElementAtOrDefault(line)}', got '{now.ElementAtOrDefault(line)}'";
    }
}
