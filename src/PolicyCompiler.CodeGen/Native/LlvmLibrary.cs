using System.Reflection;
using System.Runtime.InteropServices;

namespace PolicyCompiler.CodeGen.Native;

/// <summary>Finds libLLVM 19 and initialises its BPF target, once a process.</summary>
internal static class LlvmLibrary
{
    /// <summary>The name in the imports; the resolver maps it to what is installed.</summary>
    public const string Name = "LLVM";

    /// <summary>The major version whose C API and bitcode this assembly speaks.</summary>
    public const int Major = 19;

    // Debian and Ubuntu, then Fedora, then apt.llvm.org's older scheme.
    private static readonly string[] Names = ["libLLVM.so.19.1", "libLLVM.so.19", "libLLVM-19.so.1", "libLLVM-19.so"];

    private static readonly Lazy<string?> Loaded = new(Load);

    /// <summary>Version such as 19.1.7; null when the library is not installed.</summary>
    public static string? Version => Loaded.Value;

    private static string? Load()
    {
        var handle = nint.Zero;
        if (!Names.Any(name => NativeLibrary.TryLoad(name, out handle)))
        {
            return null;
        }

        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(), (name, _, _) => string.Equals(name, Name, StringComparison.Ordinal) ? handle : nint.Zero);
        Llvm.LLVMInitializeBPFTargetInfo();
        Llvm.LLVMInitializeBPFTarget();
        Llvm.LLVMInitializeBPFTargetMC();
        Llvm.LLVMInitializeBPFAsmPrinter();

        // The template has inline assembly.
        Llvm.LLVMInitializeBPFAsmParser();
        Llvm.LLVMGetVersion(out var major, out var minor, out var patch);
        return $"{major}.{minor}.{patch}";
    }
}
