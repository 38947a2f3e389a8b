using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

/// <summary>Bad input never shows a stack trace and never leaves half a bundle.</summary>
public sealed class HostileInputTests
{
    /// <summary>Characters with a meaning in YAML, and some that it does not allow.</summary>
    private const string Indicators = "{}[]:-*&!|>'\"#%@,?\t\n\0";

    [Fact]
    public void MutatedInputsEndInOrder()
    {
        // One process a hundred inputs would be no test of the process; ten of twenty files each are quick and real.
        var originals = Repository.ValidCases.Take(20)
            .SelectMany(c => Directory.EnumerateFiles(Repository.CasePath(c), "*.yaml")).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var random = new Random(20);
        for (var run = 0; run < 10; run++)
        {
            using var folder = new TemporaryFolder();
            for (var i = 0; i < 20; i++)
            {
                folder.File($"{i}.yaml", Mutate(originals[random.Next(originals.Count)], random));
            }

            var bundle = Path.Combine(folder.Path, "out");
            var result = PolicycProcess.Run("compile", folder.Path, "-o", bundle, "--verify", "none");
            Assert.True(result.ExitCode is 0 or 1, $"exit code {result.ExitCode}: {result.Error}");
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("NP9001", result.Error, StringComparison.Ordinal);
            Assert.Equal(result.ExitCode == 0, Directory.Exists(bundle));
            Assert.Empty(Directory.EnumerateDirectories(folder.Path, "out.*"));
        }
    }

    private static string Mutate(string text, Random random)
    {
        var characters = text.ToCharArray().ToList();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(characters.Count);
            switch (random.Next(4))
            {
                case 0:
                    characters.RemoveRange(at, Math.Min(random.Next(1, 40), characters.Count - at));
                    break;
                case 1:
                    characters[at] = (char)random.Next(0, 0x250);
                    break;
                case 2:
                    characters.Insert(at, Indicators[random.Next(Indicators.Length)]);
                    break;
                default:
                    characters.InsertRange(at, characters.GetRange(at, Math.Min(random.Next(1, 60), characters.Count - at)));
                    break;
            }
        }

        return string.Concat(characters);
    }
}
