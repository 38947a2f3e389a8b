using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel.Tests;

/// <summary>The figures are those of the headers of libbpf 1.1 and linux/bpf.h on a 64-bit machine.</summary>
public sealed class NativeLayoutTests
{
    [Fact]
    public void SizesAreThoseOfTheHeaders()
    {
        Assert.Equal(80, Unsafe.SizeOf<ObjectOpenOptions>());
        Assert.Equal(80, Unsafe.SizeOf<TestRunOptions>());
        Assert.Equal(24, Unsafe.SizeOf<MapBatchOptions>());
        Assert.Equal(24, Unsafe.SizeOf<TcHook>());
        Assert.Equal(32, Unsafe.SizeOf<TcOptions>());
        Assert.Equal(88, Unsafe.SizeOf<MapInfo>());
    }

    [Theory]
    [InlineData(typeof(ObjectOpenOptions), nameof(ObjectOpenOptions.KernelLogBuffer), 56)]
    [InlineData(typeof(ObjectOpenOptions), nameof(ObjectOpenOptions.KernelLogLevel), 72)]
    [InlineData(typeof(TestRunOptions), nameof(TestRunOptions.DataSizeIn), 24)]
    [InlineData(typeof(TestRunOptions), nameof(TestRunOptions.ContextOut), 40)]
    [InlineData(typeof(TestRunOptions), nameof(TestRunOptions.ReturnValue), 56)]
    [InlineData(typeof(TestRunOptions), nameof(TestRunOptions.DurationNanoseconds), 64)]
    [InlineData(typeof(MapBatchOptions), nameof(MapBatchOptions.ElementFlags), 8)]
    [InlineData(typeof(TcHook), nameof(TcHook.AttachPoint), 12)]
    [InlineData(typeof(TcOptions), nameof(TcOptions.Priority), 24)]
    public void OffsetsAreThoseOfTheHeaders(Type type, string member, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf(type, member));

    [Fact]
    public void EventAndConfigurationFillTheirStructs()
    {
        Assert.Equal(64, DropEvent.Size);
        Assert.Equal(64, EndpointConfiguration.Size);
    }
}
