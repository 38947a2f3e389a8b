using System.Collections.Immutable;
using System.Security.Cryptography;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>Asks the running kernel's verifier by loading each object through libbpf, without attaching it.</summary>
public sealed class LibbpfVerifier : IKernelVerifier
{
    // Documentation/bpf: BPF_LOG_LEVEL1 tells the walk, BPF_LOG_STATS the totals.
    private const uint LogWalk = 1;
    private const uint LogStatistics = 4;

    public Stage<VerificationReport> Verify(IReadOnlyList<BpfObject> objects, IReadOnlyList<MapContents> maps)
    {
        var capabilities = KernelCapabilities.Read();
        if (capabilities.Missing is { } missing)
        {
            return Stage.Of(VerificationReport.NotRun(missing.Message), [missing]);
        }

        using var buffers = new VerifierLogBuffers();
        using var shared = new DatapathMaps(maps, fill: false);
        var diagnostics = new List<Diagnostic>();
        var verifications = objects.Select(o => Verify(o, shared, buffers, capabilities.KernelRelease, diagnostics)).ToImmutableArray();
        var outcome = verifications.All(v => v.Outcome == VerificationOutcome.Accepted)
            ? VerificationOutcome.Accepted
            : VerificationOutcome.Rejected;
        return Stage.Of(new VerificationReport(outcome, "", capabilities.KernelRelease, verifications), diagnostics);
    }

    private static ObjectVerification Verify(
        BpfObject source, DatapathMaps maps, VerifierLogBuffers buffers, string release, List<Diagnostic> diagnostics)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(source.Elf.AsSpan()));
        try
        {
            using var loaded = LoadedObject.Open(source.Name, source.Elf);
            maps.Bind(loaded, source.Name, source.Elf);
            loaded.SetLog(buffers, LogStatistics);
            var sizes = loaded.Programs().Select(p => (p.Name, Instructions: (int)LibBpf.bpf_program__insn_cnt(p.Pointer))).ToList();
            loaded.Load();
            var statistics = sizes.Select((p, i) => Statistics(p.Name, p.Instructions, buffers.Read(i)));
            return new ObjectVerification(source.Name, hash, VerificationOutcome.Accepted, [.. statistics], "");
        }
        catch (KernelException refusal)
        {
            var (program, log) = Explain(source, maps, buffers);
            diagnostics.Add(new Refusal(source, program, log, refusal.Message, release).Describe());
            return new ObjectVerification(source.Name, hash, VerificationOutcome.Rejected, [], log);
        }
    }

    /// <summary>What a log of an accepted program says.</summary>
    internal static ProgramStatistics Statistics(string program, int instructions, string logText)
    {
        var log = VerifierLog.Parse(logText);
        return new ProgramStatistics(
            program, instructions, log.ProcessedInstructions, log.PeakStates, log.TotalStates, log.StackBytes, log.Microseconds);
    }

    // The first attempt asks for statistics only, which is fast. A refusal is repeated with the verifier's full walk.
    // libbpf loads the programs in order and stops at the refused one: the last that has a log.
    private static (string Program, string Log) Explain(BpfObject source, DatapathMaps maps, VerifierLogBuffers buffers)
    {
        try
        {
            using var loaded = LoadedObject.Open(source.Name, source.Elf);
            maps.Bind(loaded, source.Name, source.Elf);
            loaded.SetLog(buffers, LogWalk | LogStatistics);
            string[] programs = [.. loaded.Programs().Select(p => p.Name)];
            try
            {
                loaded.Load();
            }
            catch (KernelException)
            {
                var refused = Enumerable.Range(0, programs.Length).LastOrDefault(i => buffers.Read(i).Length > 0, -1);
                return refused < 0 ? ("", "") : (programs[refused], buffers.Read(refused));
            }
        }
        catch (KernelException)
        {
            // Not even its maps can be made: there is no verifier log, and the first refusal says why.
        }

        return ("", "");
    }
}
