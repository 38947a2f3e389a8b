using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel.Emulation;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Outputs;

namespace PolicyCompiler.Pipeline.Verification;

/// <summary>How much the verifiers had to walk at some time, to compare with later (docs/verification.md).</summary>
/// <param name="Records">In the order of their members.</param>
public sealed record Baseline(ImmutableArray<ComplexityRecord> Records)
{
    private const int FormatVersion = 1;

    /// <summary>What kernels say now: the programs they accepted.</summary>
    public static Baseline Of(IReadOnlyList<KernelVerdicts> verdicts, IReadOnlyList<VerificationInput> inputs) => new(
    [
        .. verdicts
            .SelectMany(v => v.Reports.Zip(inputs), (v, pair) => (v.Kernel, Report: pair.First, Input: pair.Second))
            .SelectMany(x => x.Report.Objects, (x, o) => (x.Kernel, x.Input, Object: o))
            .SelectMany(x => x.Object.Programs, (x, p) => new ComplexityRecord(
                x.Kernel, x.Input.Name, x.Input.SubjectOf(x.Object.ObjectName), p.Program, p.ProcessedInstructions))
            .OrderBy(r => (r.Kernel, r.Input, r.Subject, r.Program), Order),
    ]);

    private static Comparer<(string, string, string, string)> Order { get; } = Comparer<(string, string, string, string)>.Create((a, b) =>
        string.CompareOrdinal(a.Item1, b.Item1) is var kernel and not 0 ? kernel
        : string.CompareOrdinal(a.Item2, b.Item2) is var input and not 0 ? input
        : string.CompareOrdinal(a.Item3, b.Item3) is var subject and not 0 ? subject
        : string.CompareOrdinal(a.Item4, b.Item4));

    /// <summary>Null and NP5035 when the file is not there or is no baseline.</summary>
    public static Stage<Baseline> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var version = root.GetProperty("formatVersion").GetInt32();
            if (version != FormatVersion)
            {
                return Failed(path, $"it has format {version}, this version reads {FormatVersion}");
            }

            return Stage.Of(new Baseline(
            [
                .. root.GetProperty("programs").EnumerateArray().Select(p => new ComplexityRecord(
                    p.GetProperty("kernel").GetString()!,
                    p.GetProperty("input").GetString()!,
                    p.GetProperty("subject").GetString()!,
                    p.GetProperty("program").GetString()!,
                    p.GetProperty("processedInstructions").GetInt32())),
            ]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or ArgumentException)
        {
            return Failed(path, e.Message);
        }
    }

    /// <summary>The file is there complete, or as it was before.</summary>
    /// <returns>NP5037, or nothing.</returns>
    public Diagnostic? Write(string path)
    {
        try
        {
            var content = JsonText.Write(json =>
            {
                json.WriteNumber("formatVersion", FormatVersion);
                json.WriteObjects("programs", Records, record =>
                {
                    json.WriteString("kernel", record.Kernel);
                    json.WriteString("input", record.Input);
                    json.WriteString("subject", record.Subject);
                    json.WriteString("program", record.Program);
                    json.WriteNumber("processedInstructions", record.ProcessedInstructions);
                });
            });
            WholeFile.Write(path, file => file.Write(content));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return BaselineDiagnostics.NotWritten.At(SourceSpan.None, path, e.Message);
        }
    }

    private static Stage<Baseline> Failed(string path, string why) =>
        Stage.Of<Baseline>(null, [BaselineDiagnostics.NotReadable.At(SourceSpan.None, path, why)]);
}
