using System.Globalization;
using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel;

/// <summary>The kernel or libbpf refused an operation on a loaded object, a map or an interface.</summary>
public sealed class KernelException : IOException
{
    /// <param name="operation">What was tried, as a noun phrase: <c>filling map policyc_pages</c>.</param>
    /// <param name="errno">The error number, positive or negated as libbpf returns it.</param>
    /// <param name="detail">Further lines of the library; empty if there are none.</param>
    public KernelException(string operation, int errno, string detail = "")
        : base(Text(operation, Math.Abs(errno), detail))
    {
        Errno = Math.Abs(errno);
    }

    /// <summary>The positive error number of errno(3).</summary>
    public int Errno { get; }

    /// <summary>The system's words for an error number: <c>Operation not permitted (1)</c>.</summary>
    public static string Describe(int errno) => string.Create(
        CultureInfo.InvariantCulture, $"{Marshal.GetPInvokeErrorMessage(Math.Abs(errno))} ({Math.Abs(errno)})");

    internal static void ThrowIfFailed(int result, string operation)
    {
        if (result < 0)
        {
            throw new KernelException(operation, result);
        }
    }

    private static string Text(string operation, int errno, string detail) =>
        detail.Length == 0 ? $"{operation} failed: {Describe(errno)}" : $"{operation} failed: {Describe(errno)}: {detail}";
}
