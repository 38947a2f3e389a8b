using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel;

/// <summary>An object that a kernel did not take.</summary>
/// <param name="Source">The object.</param>
/// <param name="Program">The program the verifier refused; empty when it did not come to that.</param>
/// <param name="Log">The verifier's log of it, or the end of that.</param>
/// <param name="Message">What libbpf said.</param>
/// <param name="Release">The kernel's.</param>
internal sealed record Refusal(BpfObject Source, string Program, string Log, string Message, string Release)
{
    /// <summary>What the kernel lacks, if that is the reason; otherwise the verifier's decisive line; otherwise libbpf's words.</summary>
    public Diagnostic Describe()
    {
        if (MissingFeature.Find(this) is { } missing)
        {
            var what = Program.Length == 0 ? $"object '{Source.Name}'" : $"program '{Program}' of object '{Source.Name}'";
            var words = Log.Length == 0 ? Message : VerifierLog.Parse(Log).Error;
            return KernelDiagnostics.FeatureMissing.At(SourceSpan.None, Release, what, missing) with { Notes = words.Length == 0 ? [] : [words] };
        }

        return Program.Length == 0
            ? KernelDiagnostics.NotLoadable.At(SourceSpan.None, Source.Name, Message)
            : Rejection.Describe(Source, Program, VerifierLog.Parse(Log), Release);
    }
}
