using System.Diagnostics;
using System.Text;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

/// <summary>Every file of docs/tutorial.md is written, every command is run, and prints what the tutorial says.</summary>
public sealed class TutorialTests
{
    [Fact]
    public void EveryCommandPrintsWhatTheTutorialSays()
    {
        using var folder = new TemporaryFolder();
        var commands = 0;
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "tutorial.md"));
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var kind = lines[i][3..].Split(' ');
            var end = Array.IndexOf(lines, "```", i + 1);
            var block = lines[(i + 1)..end];
            if (kind is ["console"])
            {
                commands += RunAll(block, folder.Path);
            }
            else
            {
                var file = Path.Combine(folder.Path, kind[1]);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, string.Join('\n', block) + "\n");
            }

            i = end;
        }

        Assert.True(commands >= 9, $"{commands} commands");
    }

    private static int RunAll(string[] block, string directory)
    {
        var starts = Enumerable.Range(0, block.Length).Where(i => block[i].StartsWith("$ ", StringComparison.Ordinal)).ToList();
        foreach (var (start, end) in starts.Zip(starts.Skip(1).Append(block.Length)))
        {
            var (error, printed) = Run(block[start][2..], directory);
            var at = 0;
            foreach (var expected in block[(start + 1)..end].Where(l => l != "..."))
            {
                // Sizes and machines differ behind what is shown of a line.
                at = Array.FindIndex(printed, at, l => l.StartsWith(expected, StringComparison.Ordinal) && (expected.Length > 0 || l.Length == 0)) + 1;
                Assert.True(at > 0, $"{block[start]}\nno line '{expected}' in\n{string.Join('\n', printed)}\n{error}");
            }
        }

        return starts.Count;
    }

    /// <summary>In a shell, with the command line under test first on the path.</summary>
    private static (string Error, string[] Lines) Run(string command, string directory)
    {
        var start = new ProcessStartInfo("bash", ["-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}\n{output}{error.Result}");
        return (error.Result, output.Split('\n'));
    }
}
