using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Compiling for a kernel that is older than what the programs would use.</summary>
public static class TargetKernel
{
    public static readonly DiagnosticDescriptor FeatureTooNew = new(
        "NP4020", DiagnosticSeverity.Error, "The target kernel lacks a feature",
        "object '{0}' needs {1}, which Linux {2} does not have, and there is no alternative");

    /// <param name="target">Null: any kernel that has what the programs use.</param>
    public static KernelAlternatives AlternativesFor(KernelVersion? target)
    {
        var alternatives = KernelAlternatives.None;
        if (target < KernelFeatures.Atomics.Since)
        {
            alternatives |= KernelAlternatives.Locks;
        }

        if (target < KernelFeatures.MemoryArguments.Since)
        {
            alternatives |= KernelAlternatives.StaticFunctions;
        }

        const int CoarseClock = 160;
        if (target < KernelFeatures.Helper(CoarseClock).Since)
        {
            alternatives |= KernelAlternatives.ExactClock;
        }

        return alternatives;
    }

    /// <summary>A finding for each feature that an object needs and a kernel of that version has not.</summary>
    public static ImmutableArray<Diagnostic> Check(BpfObject source, KernelVersion target) =>
        [.. Lacking(source, target).Select(f => FeatureTooNew.At(SourceSpan.None, source.Name, f, target))];

    /// <summary>A helper by its number (enum bpf_func_id).</summary>
    public static KernelFeature Helper(int number) => KernelFeatures.Helper(number);

    /// <summary>A function of the kernel that programs can call, by its name.</summary>
    public static KernelFeature KernelFunction(string name) => KernelFeatures.KernelFunction(name);

    /// <summary>What an object needs that came after that version.</summary>
    public static ImmutableArray<KernelFeature> Lacking(BpfObject source, KernelVersion version) =>
        [.. FeatureReader.Read(source).Where(f => f.Since > version)];
}
