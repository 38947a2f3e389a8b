using System.Runtime.InteropServices;

namespace PolicyCompiler.EndToEnd.Tests.Native;

internal static partial class LibC
{
    public const int NewNetworkNamespace = 0x40000000;

    /// <summary>unshare(2) for the calling thread.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int unshare(int flags);

    [LibraryImport("libc")]
    public static partial int gettid();
}
