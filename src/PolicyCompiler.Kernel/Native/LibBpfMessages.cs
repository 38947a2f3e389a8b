using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace PolicyCompiler.Kernel.Native;

/// <summary>
/// Collects what libbpf would print on standard error. libbpf prints on the thread that called it, so each thread has
/// its own collection and parallel loads do not mix.
/// </summary>
internal static unsafe class LibBpfMessages
{
    private const int DebugLevel = 2;
    private const int LineBytes = 1 << 16;

    [ThreadStatic]
    private static List<string>? _lines;

    static LibBpfMessages() => LibBpf.libbpf_set_print(&Print);

    /// <summary>Forgets earlier lines of this thread and collects from here on.</summary>
    public static void Begin() => _lines = [];

    /// <summary>The warnings since <see cref="Begin"/>, without their <c>libbpf: </c> prefix.</summary>
    public static IReadOnlyList<string> End()
    {
        var lines = _lines ?? [];
        _lines = null;
        return lines;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Print(int level, byte* format, nint arguments)
    {
        if (level >= DebugLevel || _lines is not { } lines)
        {
            return 0;
        }

        var buffer = (byte*)NativeMemory.Alloc(LineBytes);
        try
        {
            var written = LibC.vsnprintf(buffer, LineBytes, format, arguments);
            var text = Encoding.UTF8.GetString(buffer, Math.Clamp(written, 0, LineBytes - 1)).TrimEnd('\n');
            lines.Add(text.StartsWith("libbpf: ", StringComparison.Ordinal) ? text["libbpf: ".Length..] : text);
            return 0;
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }
}
