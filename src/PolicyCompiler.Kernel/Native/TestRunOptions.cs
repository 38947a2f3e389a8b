using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>struct bpf_test_run_opts.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TestRunOptions
{
    public nuint StructSize;
    public byte* DataIn;
    public byte* DataOut;
    public uint DataSizeIn;
    public uint DataSizeOut;
    public byte* ContextIn;
    public byte* ContextOut;
    public uint ContextSizeIn;
    public uint ContextSizeOut;
    public uint ReturnValue;
    public int Repeat;
    public uint DurationNanoseconds;
    public uint Flags;
    public uint Cpu;
    public uint BatchSize;
}
