using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>Asks several kernels about the same objects.</summary>
public static class KernelMatrix
{
    /// <param name="kernels">In the order of the answers.</param>
    /// <param name="inputs">What to verify; at least one object.</param>
    /// <param name="debian">Where Debian's images come from.</param>
    /// <returns>One answer a kernel; a kernel that gives none has a finding of its own.</returns>
    public static Stage<IReadOnlyList<KernelVerdicts>> Verify(
        IReadOnlyList<KernelChoice> kernels, IReadOnlyList<VerificationInput> inputs, DebianKernels debian)
    {
        // apt locks its folders, so images are fetched one after the other.
        var images = kernels.Select(k => k is KernelChoice.Running ? null : k.FindImage(debian)).ToList();
        var answers = new Stage<IReadOnlyList<VerificationReport>>[kernels.Count];
        Parallel.For(0, kernels.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            answers[i] = images[i] switch
            {
                null => AskRunning(inputs),
                { Value: null, Diagnostics: var why } => EmulatedKernel.NoResult(inputs, why[0]),
                { Value: var image } => new EmulatedKernel(kernels[i].Name, image).Verify(inputs),
            });
        var verdicts = kernels.Select((k, i) => new KernelVerdicts(k.Name, answers[i].Value!)).ToImmutableArray();
        return new Stage<IReadOnlyList<KernelVerdicts>>(verdicts, [.. answers.SelectMany(a => a.Diagnostics)]);
    }

    private static Stage<IReadOnlyList<VerificationReport>> AskRunning(IReadOnlyList<VerificationInput> inputs)
    {
        if (KernelCapabilities.Read().Missing is { } missing)
        {
            return EmulatedKernel.NoResult(inputs, missing);
        }

        var verifier = new LibbpfVerifier();
        var stages = inputs.Select(i => verifier.Verify(i.Objects, i.Maps)).ToList();
        return new Stage<IReadOnlyList<VerificationReport>>([.. stages.Select(s => s.Value!)], [.. stages.SelectMany(s => s.Diagnostics)]);
    }
}
