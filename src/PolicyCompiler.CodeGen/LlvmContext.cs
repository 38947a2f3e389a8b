using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PolicyCompiler.CodeGen.Native;

namespace PolicyCompiler.CodeGen;

/// <summary>
/// An LLVM context of one Generate call: contexts share nothing, so calls may run in parallel. What LLVM would print is
/// collected.
/// </summary>
internal sealed unsafe class LlvmContext : IDisposable
{
    private readonly string _objectName;
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];
    private GCHandle _self;

    public LlvmContext(string objectName)
    {
        _objectName = objectName;
        Handle = Llvm.LLVMContextCreate();
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
        Llvm.LLVMContextSetDiagnosticHandler(Handle, &OnDiagnostic, (void*)GCHandle.ToIntPtr(_self));
    }

    public ContextHandle Handle { get; }

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Ends the call when the step failed, by its result or by what LLVM reported meanwhile.</summary>
    /// <param name="failed">The step's own result.</param>
    /// <param name="step">What was done, to follow "LLVM".</param>
    /// <param name="message">The step's own message, owned by LLVM; may be null.</param>
    public void Check(bool failed, string step, byte* message = null)
    {
        var text = TakeMessage(message);
        if (failed || _errors.Count > 0)
        {
            throw new CodeGenException(
                CodeGenDiagnostics.LlvmRefused, _objectName, step, _errors.Count > 0 ? string.Join("; ", _errors) : text);
        }
    }

    /// <summary>As above, for calls that return an LLVMErrorRef.</summary>
    public void Check(LLVMErrorRef error, string step)
    {
        var text = "";
        if (error != 0)
        {
            var message = Llvm.LLVMGetErrorMessage(error);
            text = Marshal.PtrToStringUTF8((nint)message) ?? "";
            Llvm.LLVMDisposeErrorMessage(message);
            _errors.Add(text);
        }

        Check(error != 0, step);
    }

    public MemoryBufferHandle CopyToBuffer(ReadOnlySpan<byte> bytes, string name)
    {
        fixed (byte* data = bytes)
        {
            return Llvm.LLVMCreateMemoryBufferWithMemoryRangeCopy(data, (nuint)bytes.Length, name);
        }
    }

    public void Dispose()
    {
        Handle.Dispose();
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    private static string TakeMessage(byte* message)
    {
        if (message is null)
        {
            return "";
        }

        var text = Marshal.PtrToStringUTF8((nint)message) ?? "";
        Llvm.LLVMDisposeMessage(message);
        return text;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDiagnostic(LLVMDiagnosticInfoRef info, void* state)
    {
        if (GCHandle.FromIntPtr((nint)state).Target is not LlvmContext context)
        {
            return;
        }

        // Remarks come through the same handler; they are no findings.
        var severity = Llvm.LLVMGetDiagInfoSeverity(info);
        var target = severity switch
        {
            Llvm.LLVMDSError => context._errors,
            Llvm.LLVMDSWarning => context._warnings,
            _ => null,
        };
        target?.Add(TakeMessage(Llvm.LLVMGetDiagInfoDescription(info)));
    }
}
