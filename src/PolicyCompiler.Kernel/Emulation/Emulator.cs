using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>
/// Runs a kernel image with an initramfs in QEMU until it powers off. Emulation in software: a machine in the cloud rarely
/// has /dev/kvm, and the verifier's verdict does not depend on it.
/// </summary>
internal static class Emulator
{
    public const string Program = "qemu-system-x86_64";

    /// <summary>What to install when it is not there.</summary>
    public const string Package = "qemu-system-x86";

    private const string Arguments =
        "-accel tcg -M q35 -cpu max -smp 1 -display none -monitor none -no-reboot -nodefaults -serial stdio -net none";

    // Console on the serial line; a panic ends the run at once; LD_LIBRARY_PATH is for the first process.
    private const string CommandLine = "console=ttyS0 quiet panic=-1 tsc=reliable LD_LIBRARY_PATH=/lib";

    /// <param name="program">The emulator.</param>
    /// <param name="kernel">The image.</param>
    /// <param name="initramfs">Path of the cpio archive.</param>
    /// <param name="memoryMegabytes">Of the guest.</param>
    /// <param name="silence">
    /// Longest time without a byte on the console. Time in which the emulator did not get a processor does not count.
    /// </param>
    /// <param name="limit">Longest time in all.</param>
    public static EmulatorRun Run(string program, string kernel, string initramfs, int memoryMegabytes, TimeSpan silence, TimeSpan limit)
    {
        // timeout(1) outlives this process if that is killed, and the emulator does not outlive timeout.
        string[] words =
        [
            "--signal=KILL", string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(limit.TotalSeconds):F0}"), program,
            .. Arguments.Split(' '), "-m", string.Create(CultureInfo.InvariantCulture, $"{memoryMegabytes}"),
            "-kernel", kernel, "-initrd", initramfs, "-append", CommandLine,
        ];
        using var process = Process.Start(new ProcessStartInfo("timeout", words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var console = new StringBuilder();
        var isSilent = !ReadUntilSilent(process, console, silence);
        if (isSilent)
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        const int Killed = 137;
        return new EmulatorRun(console.ToString(), error.Result.Trim(), isSilent || process.ExitCode == Killed);
    }

    // Not line by line: firmware writes escape sequences, and a guest that hangs in the middle of a line is silent too.
    private static bool ReadUntilSilent(Process process, StringBuilder console, TimeSpan silence)
    {
        var output = process.StandardOutput.BaseStream;
        var buffer = new byte[1 << 16];
        while (true)
        {
            var read = output.ReadAsync(buffer).AsTask();
            var (since, waited) = (Stopwatch.StartNew(), ProcessorWait.Of(process.Id));
            for (var patience = silence; !read.Wait(patience);)
            {
                patience = silence - (since.Elapsed - (ProcessorWait.Of(process.Id) - waited));
                if (patience <= TimeSpan.Zero)
                {
                    return false;
                }
            }

            if (read.Result == 0)
            {
                return true;
            }

            console.Append(Encoding.Latin1.GetString(buffer, 0, read.Result));
        }
    }
}
