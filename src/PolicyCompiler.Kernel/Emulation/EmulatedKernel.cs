using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>Asks the verifier of a kernel image by booting it in an emulator; every object is loaded in one boot.</summary>
public sealed class EmulatedKernel
{
    // A machine that is busy can starve the emulator; what fails twice will not work.
    private const int Attempts = 2;
    private const int BaseMegabytes = 256;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestPerObject = TimeSpan.FromSeconds(10);

    private readonly string _name;
    private readonly string _image;

    /// <param name="name">What the reader calls the kernel.</param>
    /// <param name="image">Path of the image.</param>
    public EmulatedKernel(string name, string image)
    {
        _name = name;
        _image = image;
    }

    /// <summary>The emulator: a name on PATH or a path.</summary>
    internal string Program { get; init; } = Emulator.Program;

    /// <summary>How long the guest may be silent before an attempt counts as failed.</summary>
    internal TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The verdict on each input, in order; outcome NoResult where the guest gave none.</summary>
    public Stage<IReadOnlyList<VerificationReport>> Verify(IReadOnlyList<VerificationInput> inputs)
    {
        if (Problem() is { } problem)
        {
            return NoResult(inputs, problem);
        }

        var initramfs = InitramfsBuilder.Build(inputs, out var missing);
        if (missing is not null)
        {
            return NoResult(inputs, EmulationDiagnostics.EmulatorMissing.At(
                SourceSpan.None, _name, $"library {missing}, which the guest needs, is not on this machine; get it with: apt-get install libbpf1"));
        }

        var folder = Directory.CreateTempSubdirectory("policyc-emulation-").FullName;
        try
        {
            var archive = Path.Combine(folder, "initramfs.cpio");
            File.WriteAllBytes(archive, initramfs);
            return Boot(inputs, archive);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Stage<IReadOnlyList<VerificationReport>> Boot(IReadOnlyList<VerificationInput> inputs, string archive)
    {
        var count = inputs.Sum(i => i.Objects.Length);
        EmulatorRun run;
        GuestReport report;
        var attempt = 0;
        do
        {
            run = Emulator.Run(Program, _image, archive, Megabytes(inputs), Silence, Longest + (LongestPerObject * count));
            report = GuestReportReader.Read(run.Console);
        }
        while (!IsWhole(report, count) && ++attempt < Attempts);

        var reading = new GuestReading(inputs, report);
        return new Stage<IReadOnlyList<VerificationReport>>(reading.Reports, IsWhole(report, count)
            ? reading.Diagnostics
            : reading.Diagnostics.Add(EmulationDiagnostics.NoResult.At(SourceSpan.None, _name, Why(run, report))));
    }

    private static bool IsWhole(GuestReport report, int count) =>
        report.IsComplete && Enumerable.Range(0, count).All(report.Objects.ContainsKey);

    private static string Why(EmulatorRun run, GuestReport report)
    {
        var how = run.TimedOut ? "it was silent or busy for too long"
            : run.Error.Length > 0 ? $"the emulator said: {run.Error.Split('\n')[^1]}"
            : report.Release.Length == 0 ? "it did not come to start the loader"
            : "it stopped before it had tried every object";
        return report.LastWords.Length > 0 && !report.IsComplete ? $"{how}; the last on its console was: {report.LastWords}" : how;
    }

    // Twice what the maps hold when full, for the hash buckets, the entries' heads and the kernel's own accounting.
    private static int Megabytes(IReadOnlyList<VerificationInput> inputs)
    {
        var largest = inputs.Max(i => i.Maps.Sum(m => (long)m.MaxEntries * (m.KeySize + m.ValueSize + 64)));
        var files = inputs.Sum(i => i.Objects.Sum(o => (long)o.Elf.Length));
        return BaseMegabytes + (int)(((2 * largest) + (3 * files)) >> 20);
    }

    private Diagnostic? Problem()
    {
        if (RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            return EmulationDiagnostics.EmulatorMissing.At(SourceSpan.None, _name, "the guest's loader and libraries are for x86-64, and this machine is not");
        }

        return ExternalProgram.IsThere(Program) ? null : EmulationDiagnostics.EmulatorMissing.At(
            SourceSpan.None, _name, $"{Program} is not installed; get it with: apt-get install --no-install-recommends {Emulator.Package}");
    }

    /// <summary>No verdict on anything, and why.</summary>
    internal static Stage<IReadOnlyList<VerificationReport>> NoResult(IReadOnlyList<VerificationInput> inputs, Diagnostic why) => new(
        [.. inputs.Select(i => new VerificationReport(VerificationOutcome.NoResult, why.Message, "", [.. i.Objects.Select(Unanswered)]))],
        [why]);

    internal static ObjectVerification Unanswered(BpfObject source) => new(
        source.Name, Convert.ToHexStringLower(SHA256.HashData(source.Elf.AsSpan())), VerificationOutcome.NoResult, [], "");
}
