using PolicyCompiler.Kernel.Emulation;

namespace PolicyCompiler.Kernel.Tests.Emulation;

public sealed class ProcessorWaitTests
{
    [Fact]
    public void ItOnlyGrows()
    {
        if (!File.Exists("/proc/self/schedstat"))
        {
            Assert.Skip("the kernel does not count it");
        }

        // Threads that run all the time, more than there are processors, have to wait for each other.
        var before = ProcessorWait.Of(Environment.ProcessId);
        var threads = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            for (var start = Environment.TickCount64; Environment.TickCount64 < start + 200;)
            {
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        Thread.Sleep(150);
        var after = ProcessorWait.Of(Environment.ProcessId);
        threads.ForEach(t => t.Join());

        Assert.True(after >= before);
        Assert.True(after > TimeSpan.Zero);
    }

    [Fact]
    public void AProcessThatIsNotThereHasNotWaited() => Assert.Equal(TimeSpan.Zero, ProcessorWait.Of(int.MaxValue));
}
