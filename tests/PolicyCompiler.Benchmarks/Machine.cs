using PolicyCompiler.Kernel;

namespace PolicyCompiler.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return $"{Environment.ProcessorCount} cores, {model ?? "CPU of unknown model"}, Linux {KernelCapabilities.Read().KernelRelease}, "
            + $".NET {Environment.Version}; load average at the start {load}";
    }
}
