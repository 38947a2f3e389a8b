using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Pipeline;

/// <summary>
/// The whole compile on one page:
/// YAML -> PolicySet + ClusterView -> RuleGraph -> PolicyTables -> BpfObjects -> VerificationReport.
/// A stage runs only when no stage before it reported an error.
/// </summary>
public sealed class CompilePipeline(ICodeGenerator codeGenerator, IKernelVerifier verifier, Stream standardInput)
{
    public Compilation Compile(CompileRequest request)
    {
        var compilation = new Compilation();

        request.Progress?.Invoke("reading input");
        var texts = request.Texts ?? InputFileReader.Read([.. request.Paths, .. request.With], standardInput, request.Root);
        compilation = compilation with { Sources = [.. texts.Value ?? []], Diagnostics = texts.Diagnostics };

        // The texts that could be read are checked even when others could not, so that one run shows all findings.
        var input = InputReader.Read(compilation.Sources);
        compilation = Add(compilation, input.Diagnostics) with { Input = input.Value };
        if (request.DnsRecords is { } file)
        {
            var records = DnsRecordsReader.Read(file, standardInput);
            compilation = Add(compilation, records.Diagnostics);
            if (compilation.Succeeded)
            {
                compilation = compilation with { Input = compilation.Input! with { Cluster = compilation.Input.Cluster with { DnsRecords = [.. records.Value!] } } };
            }
        }

        if (!compilation.Succeeded)
        {
            return compilation;
        }

        request.Progress?.Invoke("resolving policies");
        var graph = RuleGraphBuilder.Build(compilation.Input!, request.Options);
        compilation = Add(compilation, graph.Diagnostics) with { Graph = graph.Value };
        if (!compilation.Succeeded || request.Until == CompileStage.Graph)
        {
            return compilation;
        }

        request.Progress?.Invoke("building tables");
        var tables = PolicyTablesBuilder.Build(graph.Value!);
        compilation = Add(compilation, tables.Diagnostics) with { Tables = tables.Value };
        if (!compilation.Succeeded || request.Until == CompileStage.Tables)
        {
            return compilation;
        }

        var plans = ProgramPlanner.Plan(tables.Value!, alternatives: TargetKernel.AlternativesFor(request.TargetKernel));
        var objects = GenerateAll(plans, request.Progress);
        compilation = Add(compilation, objects.SelectMany(o => o.Diagnostics)) with
        {
            Plans = plans,
            Objects = [.. objects.Where(o => o.Value is not null).Select(o => o.Value!)],
            Maps = MapContentsBuilder.Build(tables.Value!),
        };
        if (request.TargetKernel is { } target)
        {
            compilation = Add(compilation, compilation.Objects.SelectMany(o => TargetKernel.Check(o, target))) with { TargetKernel = target };
        }

        if (!compilation.Succeeded || request.Until == CompileStage.Objects)
        {
            return compilation;
        }

        // No program, no verdict: nothing was shown to the kernel.
        if (compilation.Objects.IsEmpty)
        {
            return compilation with { Verification = VerificationReport.NotRun("there is no program") };
        }

        request.Progress?.Invoke($"asking the kernel verifier about {compilation.Objects.Length} objects");
        var verification = verifier.Verify(compilation.Objects, compilation.Maps);
        return Add(compilation, verification.Diagnostics.Select(d => Locate(d, compilation.Sources))) with { Verification = verification.Value! };
    }

    /// <summary>The kernel knows the logical path that is in the object; the user wants the file as it was named.</summary>
    private static Diagnostic Locate(Diagnostic diagnostic, ImmutableArray<SourceText> sources) =>
        diagnostic.Span.Source is { } logical && sources.FirstOrDefault(s => s.LogicalPath == logical.LogicalPath) is { } source
            ? diagnostic with { Span = diagnostic.Span with { Source = source } }
            : diagnostic;

    private Stage<BpfObject>[] GenerateAll(ImmutableArray<ProgramPlan> plans, Action<string>? progress)
    {
        var distinct = plans.Distinct().ToArray();
        var objects = new Stage<BpfObject>[distinct.Length];
        var done = 0;
        Parallel.For(0, distinct.Length, i =>
        {
            objects[i] = codeGenerator.Generate($"policy-{i:d3}", distinct[i]);
            progress?.Invoke($"generating programs, {Interlocked.Increment(ref done)} of {distinct.Length}");
        });
        return objects;
    }

    private static Compilation Add(Compilation compilation, IEnumerable<Diagnostic> diagnostics) =>
        compilation with { Diagnostics = compilation.Diagnostics.AddRange(diagnostics) };
}
