using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Turns plans into objects. Replaceable because the real one leaves the process's managed world (LLVM).</summary>
public interface ICodeGenerator
{
    /// <summary>Name and version of the back end, for manifests.</summary>
    string Version { get; }

    /// <summary>Same plan and name, same bytes.</summary>
    Stage<BpfObject> Generate(string name, ProgramPlan plan);
}
