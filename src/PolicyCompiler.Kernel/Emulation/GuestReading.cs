using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>A guest's report, put back to the objects it was about.</summary>
internal sealed class GuestReading
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    public GuestReading(IReadOnlyList<VerificationInput> inputs, GuestReport guest)
    {
        var number = 0;
        var reports = ImmutableArray.CreateBuilder<VerificationReport>();
        foreach (var input in inputs)
        {
            var objects = input.Objects.Select(o => Read(o, guest.Objects.GetValueOrDefault(number++), guest.Release)).ToImmutableArray();
            var outcome = objects.Any(o => o.Outcome == VerificationOutcome.Rejected) ? VerificationOutcome.Rejected
                : objects.All(o => o.Outcome == VerificationOutcome.Accepted) ? VerificationOutcome.Accepted
                : VerificationOutcome.NoResult;
            reports.Add(new VerificationReport(outcome, "", guest.Release, objects));
        }

        Reports = reports.ToImmutable();
    }

    /// <summary>One an input.</summary>
    public ImmutableArray<VerificationReport> Reports { get; }

    /// <summary>One a refused object.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    private ObjectVerification Read(BpfObject source, GuestObject? said, string release)
    {
        var unanswered = EmulatedKernel.Unanswered(source);
        if (said is null)
        {
            return unanswered;
        }

        if (said.Error == 0)
        {
            var statistics = said.Programs.Select(p => LibbpfVerifier.Statistics(p.Name, p.Instructions, p.Log));
            return unanswered with { Outcome = VerificationOutcome.Accepted, Programs = [.. statistics] };
        }

        // libbpf loads the programs in order and stops at the refused one: the last that has a log.
        var refused = said.Programs.LastOrDefault(p => p.Log.Length > 0);
        var refusal = new Refusal(source, refused?.Name ?? "", refused?.Log ?? "", Message(said), release);
        _diagnostics.Add(refusal.Describe());
        return unanswered with { Outcome = VerificationOutcome.Rejected, Log = refused?.Log ?? said.Messages };
    }

    private static string Message(GuestObject said)
    {
        // Logs of programs are among the messages, between two lines of their own.
        var words = said.Messages.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(l => l.StartsWith("libbpf: ", StringComparison.Ordinal) && !l.Contains("PROG LOAD LOG", StringComparison.Ordinal))
            .Select(l => l["libbpf: ".Length..]);
        return $"loading failed: {KernelException.Describe(said.Error)}: {string.Join("; ", words)}";
    }
}
