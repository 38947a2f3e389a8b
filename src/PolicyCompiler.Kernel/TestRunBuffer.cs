using System.Runtime.InteropServices;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>The buffers of BPF_PROG_TEST_RUN, allocated once so that a run allocates nothing. For one thread at a time.</summary>
internal sealed unsafe class TestRunBuffer : IDisposable
{
    /// <summary>
    /// The smallest frame the kernel takes for a test run: an Ethernet header and one byte. Newer kernels also refuse an
    /// IPv4 or IPv6 frame without VLAN tag that has not all of the IP header.
    /// </summary>
    public const int SmallestFrame = 15;

    /// <summary>Larger ones would not fit a page with its head and tail room.</summary>
    public const int LargestFrame = 3072;

    // struct __sk_buff of linux/bpf.h
    private const int SkBuffSize = 192;
    private const int MarkOffset = 8;
    private const int VerdictOffset = 48 + (4 * sizeof(uint));

    private readonly TestRunOptions* _options;
    private readonly byte* _frame;
    private readonly byte* _output;
    private readonly byte* _skBuff;
    private bool _disposed;

    public TestRunBuffer()
    {
        _options = (TestRunOptions*)NativeMemory.AllocZeroed(LibBpf.SizeOf<TestRunOptions>());
        _frame = (byte*)NativeMemory.AllocZeroed(LargestFrame);
        _output = (byte*)NativeMemory.AllocZeroed(LargestFrame);
        _skBuff = (byte*)NativeMemory.AllocZeroed(SkBuffSize);
    }

    /// <exception cref="ArgumentOutOfRangeException">The kernel does not run frames of that size.</exception>
    /// <exception cref="KernelException">The run was refused.</exception>
    public TestRunResult Run(int programFd, ReadOnlySpan<byte> frame, uint mark = 0)
    {
        Prepare(frame, repeat: 1);
        new Span<byte>(_skBuff, SkBuffSize).Clear();
        *(uint*)(_skBuff + MarkOffset) = mark;
        _options->ContextIn = _skBuff;
        _options->ContextSizeIn = SkBuffSize;
        return RunOnce(programFd);
    }

    /// <summary>Also returns the frame as the program left it.</summary>
    public TestRunResult Run(int programFd, ReadOnlySpan<byte> frame, out byte[] output)
    {
        Prepare(frame, repeat: 1);
        _options->DataOut = _output;
        _options->DataSizeOut = LargestFrame;
        var result = RunOnce(programFd);
        output = new ReadOnlySpan<byte>(_output, (int)_options->DataSizeOut).ToArray();
        return result;
    }

    /// <summary>Mean nanoseconds a run, as the kernel measured them.</summary>
    public int Benchmark(int programFd, ReadOnlySpan<byte> frame, int repeat)
    {
        Prepare(frame, repeat);
        Execute(programFd);
        return (int)_options->DurationNanoseconds;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        NativeMemory.Free(_options);
        NativeMemory.Free(_frame);
        NativeMemory.Free(_output);
        NativeMemory.Free(_skBuff);
    }

    private void Prepare(ReadOnlySpan<byte> frame, int repeat)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Length, SmallestFrame, nameof(frame));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, LargestFrame, nameof(frame));
        frame.CopyTo(new Span<byte>(_frame, LargestFrame));
        *_options = default;
        _options->StructSize = LibBpf.SizeOf<TestRunOptions>();
        _options->DataIn = _frame;
        _options->DataSizeIn = (uint)frame.Length;
        _options->Repeat = repeat;
    }

    private TestRunResult RunOnce(int programFd)
    {
        _options->ContextOut = _skBuff;
        _options->ContextSizeOut = SkBuffSize;
        Execute(programFd);
        return new TestRunResult((int)_options->ReturnValue, new VerdictWord(*(uint*)(_skBuff + VerdictOffset)), *(uint*)(_skBuff + MarkOffset));
    }

    private void Execute(int programFd) =>
        KernelException.ThrowIfFailed(LibBpf.bpf_prog_test_run_opts(programFd, _options), "running the program on a test packet");
}
