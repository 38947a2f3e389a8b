using System.Text;
using PolicyCompiler.CodeGen.Native;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen;

/// <summary>Debug information of the generated functions: policy files and lines, as the kernel verifier's log will print them.</summary>
internal sealed unsafe class DebugInformation : IDisposable
{
    // Line records have 10 bits for the column.
    private const int MaximumColumn = (1 << 10) - 1;

    private readonly LlvmContext _context;
    private readonly DIBuilderHandle _builder;
    private readonly Dictionary<string, LLVMMetadataRef> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(LLVMMetadataRef Subprogram, string Path), LLVMMetadataRef> _scopes = [];

    public DebugInformation(LlvmContext context, LlvmModuleHandle module, ProgramPlan plan)
    {
        _context = context;
        _builder = Llvm.LLVMCreateDIBuilder(module);
        ReadFiles(new SourceFiles(Origins(plan.Ingress).Concat(Origins(plan.Egress))));

        var version = Llvm.LLVMConstInt(Llvm.LLVMInt32TypeInContext(context.Handle), 3, 0);
        const string Flag = "Debug Info Version";
        Llvm.LLVMAddModuleFlag(
            module, Llvm.LLVMModuleFlagBehaviorWarning, Flag, (nuint)Flag.Length, Llvm.LLVMValueAsMetadata(version));
        const string Producer = "policyc";
        Llvm.LLVMDIBuilderCreateCompileUnit(
            _builder, Llvm.LLVMDWARFSourceLanguageC99, _files[SourceFiles.GeneratedPath], Producer, (nuint)Producer.Length, 1, "", 0, 0, "", 0,
            Llvm.LLVMDWARFEmissionFull, 0, 1, 0, "", 0, "", 0);
    }

    /// <summary>Debug information of a function; its file and line are those of the origin.</summary>
    public LLVMMetadataRef AddSubprogram(LLVMValueRef function, string name, PlanOrigin origin)
    {
        var usable = SourceFiles.IsUsable(origin);
        var file = _files[usable ? origin.LogicalPath : SourceFiles.GeneratedPath];
        var line = usable ? (uint)origin.Line : (uint)GeneratedStep.Decide;
        var type = Llvm.LLVMDIBuilderCreateSubroutineType(_builder, file, null, 0, 0);
        var subprogram = Llvm.LLVMDIBuilderCreateFunction(
            _builder, file, name, (nuint)name.Length, "", 0, file, line, type, 0, 1, line, 0, 1);
        Llvm.LLVMSetSubprogram(function, subprogram);
        return subprogram;
    }

    /// <summary>The origin's line, or the step's line of the pseudo file when no policy line is responsible.</summary>
    public LLVMMetadataRef Location(LLVMMetadataRef subprogram, PlanOrigin origin, GeneratedStep step)
    {
        if (!SourceFiles.IsUsable(origin))
        {
            return Llvm.LLVMDIBuilderCreateDebugLocation(
                _context.Handle, (uint)step, 1, Scope(subprogram, SourceFiles.GeneratedPath), 0);
        }

        var column = origin.Column is > 0 and <= MaximumColumn ? (uint)origin.Column : 0;
        return Llvm.LLVMDIBuilderCreateDebugLocation(
            _context.Handle, (uint)origin.Line, column, Scope(subprogram, origin.LogicalPath), 0);
    }

    public void Complete() => Llvm.LLVMDIBuilderFinalize(_builder);

    public void Dispose() => _builder.Dispose();

    private static IEnumerable<PlanOrigin> Origins(DecisionPlan plan) => plan switch
    {
        DecisionPlan.Constant constant => [constant.Origin],
        DecisionPlan.Inline inline => inline.Cases.Select(c => c.Origin).Prepend(inline.Origin),
        _ => [],
    };

    private LLVMMetadataRef Scope(LLVMMetadataRef subprogram, string path)
    {
        if (!_scopes.TryGetValue((subprogram, path), out var scope))
        {
            scope = Llvm.LLVMDIBuilderCreateLexicalBlockFile(_builder, subprogram, _files[path], 0);
            _scopes.Add((subprogram, path), scope);
        }

        return scope;
    }

    private void ReadFiles(SourceFiles files)
    {
        const string Node = "policyc.files";
        var buffer = _context.CopyToBuffer(Encoding.ASCII.GetBytes(files.ToAssembly(Node)), Node);
        var consumed = buffer.DangerousGetHandle();
        buffer.SetHandleAsInvalid();
        var failed = Llvm.LLVMParseIRInContext(_context.Handle, consumed, out var module, out var message) != 0;
        _context.Check(failed, "could not read the source texts", failed ? message : null);

        // The nodes are the context's, so they outlive this module.
        using (module)
        {
            var operands = stackalloc LLVMValueRef[(int)Llvm.LLVMGetNamedMetadataNumOperands(module, Node)];
            Llvm.LLVMGetNamedMetadataOperands(module, Node, operands);
            foreach (var (index, path) in files.Paths.Index())
            {
                _files.Add(path, Llvm.LLVMValueAsMetadata(operands[index]));
            }
        }
    }
}
