using System.Collections.Immutable;
using PolicyCompiler.CodeGen.Native;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.CodeGen;

/// <summary>
/// Plans to objects through LLVM in process: template bitcode + decision functions from the IR builder, linked, optimised
/// and emitted. Calls may run in parallel; same plan, same bytes.
/// </summary>
public sealed class LlvmCodeGenerator : ICodeGenerator
{
    private readonly ReadOnlyMemory<byte> _template;

    /// <summary>Uses the template that is built into this assembly.</summary>
    public LlvmCodeGenerator()
        : this(EmbeddedTemplate())
    {
    }

    /// <param name="template">LLVM 19 bitcode of a template (bpf-templates/README.md).</param>
    public LlvmCodeGenerator(ReadOnlyMemory<byte> template) => _template = template;

    public string Version => LlvmLibrary.Version is { } version ? $"LLVM {version}" : "LLVM (not installed)";

    public Stage<BpfObject> Generate(string name, ProgramPlan plan)
    {
        if (LlvmLibrary.Version is null)
        {
            return Stage.Of<BpfObject>(null, [CodeGenDiagnostics.LlvmMissing.At(SourceSpan.None)]);
        }

        try
        {
            using var context = new LlvmContext(name);
            var elf = Emit(context, plan);
            var warnings = context.Warnings.Select(w => CodeGenDiagnostics.LlvmWarning.At(SourceSpan.None, name, w)).ToImmutableArray();
            var read = BpfObjectReader.Read(name, ImmutableArray.Create(elf));
            return read.Value is null
                ? new Stage<BpfObject>(null, read.Diagnostics)
                : new Stage<BpfObject>(read.Value with { Plan = plan }, warnings);
        }
        catch (CodeGenException failure)
        {
            return Stage.Of<BpfObject>(null, [failure.Diagnostic]);
        }
    }

    private byte[] Emit(LlvmContext context, ProgramPlan plan)
    {
        using var machine = BpfTarget.CreateMachine(context);
        using var module = Template.Parse(context, _template.Span);
        Template.Link(context, module, DecisionModule.Build(context, module, plan), plan.Alternatives);
        BpfTarget.Optimise(context, machine, module);
        var elf = ImmutableArray.Create(BpfTarget.Emit(context, machine, module));
        LayoutCheck.Run(elf);
        return DebugSectionStripper.Strip(elf);
    }

    private static byte[] EmbeddedTemplate()
    {
        using var stream = typeof(LlvmCodeGenerator).Assembly.GetManifestResourceStream("policy.bc");
        using var copy = new MemoryStream();
        stream?.CopyTo(copy);
        return copy.ToArray();
    }
}
