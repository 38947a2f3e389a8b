using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>
/// A program on each side of an interface's clsact queueing discipline. Dispose on a thread in the same network
/// namespace; when the namespace is gone, so are the attachments.
/// </summary>
public sealed unsafe class TcAttachment : IDisposable
{
    private const int AlreadyExists = 17;
    private const uint FirstHandle = 1;
    private const uint FirstPriority = 1;

    private readonly int _interfaceIndex;
    private readonly bool _ownsQueueingDiscipline;
    private readonly List<uint> _attached = [];
    private bool _disposed;

    private TcAttachment(int interfaceIndex, bool ownsQueueingDiscipline)
    {
        _interfaceIndex = interfaceIndex;
        _ownsQueueingDiscipline = ownsQueueingDiscipline;
    }

    /// <exception cref="KernelException">The interface or the kernel does not take the programs.</exception>
    internal static TcAttachment Attach(int interfaceIndex, int ingressFd, int egressFd)
    {
        LibBpfMessages.Begin();
        var hook = Hook(interfaceIndex, TcHook.Ingress | TcHook.Egress);
        var created = LibBpf.bpf_tc_hook_create(&hook);
        if (created != -AlreadyExists)
        {
            KernelException.ThrowIfFailed(created, $"creating clsact on interface {interfaceIndex}");
        }

        var attachment = new TcAttachment(interfaceIndex, created == 0);
        try
        {
            attachment.Add(TcHook.Ingress, ingressFd);
            attachment.Add(TcHook.Egress, egressFd);
            return attachment;
        }
        catch
        {
            attachment.Dispose();
            throw;
        }
        finally
        {
            LibBpfMessages.End();
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        LibBpfMessages.Begin();
        foreach (var point in _attached)
        {
            var hook = Hook(_interfaceIndex, point);
            var options = new TcOptions { StructSize = LibBpf.SizeOf<TcOptions>(), Handle = FirstHandle, Priority = FirstPriority };
            LibBpf.bpf_tc_detach(&hook, &options);
        }

        if (_ownsQueueingDiscipline)
        {
            var hook = Hook(_interfaceIndex, TcHook.Ingress | TcHook.Egress);
            LibBpf.bpf_tc_hook_destroy(&hook);
        }

        LibBpfMessages.End();
    }

    private void Add(uint point, int programFd)
    {
        var hook = Hook(_interfaceIndex, point);
        var options = new TcOptions
        {
            StructSize = LibBpf.SizeOf<TcOptions>(),
            ProgramFd = programFd,
            Handle = FirstHandle,
            Priority = FirstPriority,
        };
        KernelException.ThrowIfFailed(
            LibBpf.bpf_tc_attach(&hook, &options), $"attaching at tc to interface {_interfaceIndex}");
        _attached.Add(point);
    }

    private static TcHook Hook(int interfaceIndex, uint point) =>
        new() { StructSize = LibBpf.SizeOf<TcHook>(), InterfaceIndex = interfaceIndex, AttachPoint = point };
}
