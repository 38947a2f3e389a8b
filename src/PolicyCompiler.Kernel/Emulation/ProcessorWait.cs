using System.Globalization;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>How long a process has been ready to run while others ran (Documentation/scheduler/sched-stats.rst).</summary>
internal static class ProcessorWait
{
    /// <summary>Of the thread that waited most, among those of the process and its children; zero where the kernel does not count.</summary>
    public static TimeSpan Of(int process)
    {
        var longest = TimeSpan.Zero;
        var tasks = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task");
        try
        {
            foreach (var task in Directory.EnumerateDirectories(tasks))
            {
                // Nanoseconds on a processor, nanoseconds in the queue, number of turns.
                if (ReadWords(Path.Combine(task, "schedstat")) is [_, var waited, ..]
                    && long.TryParse(waited, NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds))
                {
                    longest = Max(longest, TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick));
                }

                foreach (var child in ReadWords(Path.Combine(task, "children")))
                {
                    longest = Max(longest, Of(int.Parse(child, CultureInfo.InvariantCulture)));
                }
            }
        }
        catch (IOException)
        {
            // It has just ended.
        }

        return longest;
    }

    private static string[] ReadWords(string file) => File.Exists(file) ? File.ReadAllText(file).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [];

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
