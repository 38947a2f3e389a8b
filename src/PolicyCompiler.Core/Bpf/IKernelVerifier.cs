using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Asks the running kernel. Replaceable because the answer depends on machine and privileges.</summary>
public interface IKernelVerifier
{
    /// <summary>
    /// Loads each object without attaching it. The report's value is never null: a machine that cannot verify gives
    /// outcome NotRun with the reason and an NP5xxx finding that says what is missing.
    /// </summary>
    Stage<VerificationReport> Verify(IReadOnlyList<BpfObject> objects, IReadOnlyList<MapContents> maps);
}
