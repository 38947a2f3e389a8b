using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel;

/// <summary>
/// Large log buffers, one a program of an object, used again for object after object. A buffer that is too small makes
/// the kernel refuse even a valid program (ENOSPC).
/// </summary>
internal sealed unsafe class VerifierLogBuffers : IDisposable
{
    /// <summary>Bytes; pages that no log reaches are never touched.</summary>
    public const int Size = 16 << 20;

    private readonly List<nint> _buffers = [];

    /// <summary>The buffer of the program with that index in its object, emptied.</summary>
    public byte* Take(int index)
    {
        while (_buffers.Count <= index)
        {
            _buffers.Add((nint)NativeMemory.Alloc(Size));
        }

        var buffer = (byte*)_buffers[index];
        *buffer = 0;
        return buffer;
    }

    /// <summary>What the kernel wrote.</summary>
    public string Read(int index) => index < _buffers.Count ? Marshal.PtrToStringUTF8(_buffers[index]) ?? "" : "";

    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            NativeMemory.Free((void*)buffer);
        }

        _buffers.Clear();
    }
}
