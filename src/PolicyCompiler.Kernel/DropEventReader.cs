using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>User space's end of the ring buffer of drop events. Not for use by several threads at once.</summary>
public sealed unsafe class DropEventReader : IDisposable
{
    private readonly List<DropEvent> _pending = [];
    private readonly RingBufferHandle _ring;
    private GCHandle _self;

    internal DropEventReader(int mapFd)
    {
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
        var pointer = LibBpf.ring_buffer__new(mapFd, &Receive, GCHandle.ToIntPtr(_self), 0);
        if (pointer == 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _self.Free();
            throw new KernelException("opening the ring buffer of drop events", error);
        }

        _ring = new RingBufferHandle(pointer);
    }

    /// <summary>The events that have arrived, oldest first, without waiting.</summary>
    public IReadOnlyList<DropEvent> Read()
    {
        KernelException.ThrowIfFailed(LibBpf.ring_buffer__consume(_ring), "reading drop events");
        return Take();
    }

    /// <summary>Waits until at least one event has arrived or the time is over.</summary>
    public IReadOnlyList<DropEvent> Read(TimeSpan timeout)
    {
        KernelException.ThrowIfFailed(LibBpf.ring_buffer__poll(_ring, (int)timeout.TotalMilliseconds), "waiting for drop events");
        return Take();
    }

    public void Dispose()
    {
        _ring.Dispose();
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    private DropEvent[] Take()
    {
        var events = _pending.ToArray();
        _pending.Clear();
        return events;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Receive(nint context, byte* data, nuint size)
    {
        if (GCHandle.FromIntPtr(context).Target is DropEventReader reader
            && DropEvent.Decode(new ReadOnlySpan<byte>(data, (int)size)) is { } dropped)
        {
            reader._pending.Add(dropped);
        }

        return 0;
    }
}
