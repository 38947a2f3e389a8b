using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

internal static unsafe partial class LibC
{
    public const int ReadWriteProtection = 3;
    public const int SharedMapping = 1;
    public const int DuplicateCloseOnExec = 1030;

    [LibraryImport("libc")]
    public static partial int vsnprintf(byte* buffer, nuint size, byte* format, nint arguments);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint mmap(nint address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(int fd, int command, int argument);

    [LibraryImport("libc")]
    public static partial int munmap(nint address, nuint length);
}
