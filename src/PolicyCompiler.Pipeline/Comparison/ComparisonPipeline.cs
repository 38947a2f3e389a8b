using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Git;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Pipeline.Comparison;

/// <summary>Two compiles as far as the tables, side by side, and the differences between them.</summary>
/// <param name="codeGenerator">Of the pipeline; not asked.</param>
/// <param name="verifier">Of the pipeline; not asked.</param>
/// <param name="standardInput">What <c>-</c> reads, on one side at most.</param>
/// <param name="directory">Whose git repository revisions are of.</param>
public sealed class ComparisonPipeline(ICodeGenerator codeGenerator, IKernelVerifier verifier, Stream standardInput, string directory)
{
    public ComparisonResult Compare(ComparisonRequest request)
    {
        request.Progress?.Invoke("compiling what to compare with");
        var both = InputFileReader.Read(request.With, standardInput);
        var old = Task.Run(() => Compile(request.Old, both, request));
        var @new = Compile(request.New, both, request);
        if (!old.Result.Succeeded || !@new.Succeeded)
        {
            return new ComparisonResult(old.Result, @new, null, []);
        }

        if (!HasWorkloads(old.Result.Tables!) && !HasWorkloads(@new.Tables!))
        {
            return new ComparisonResult(old.Result, @new, null, [ComparisonDiagnostics.NothingToCompare.At(SourceSpan.None)]);
        }

        request.Progress?.Invoke("comparing every pair of classes");
        return request.Old is ComparedInput.Bundle || request.New is ComparedInput.Bundle
            ? Compare(AsInBundle(old.Result), AsInBundle(@new))
            : Compare(old.Result, @new);
    }

    private static ComparisonResult Compare(ComparedSide old, ComparedSide @new)
    {
        var report = DiffBuilder.Build(old.Tables!, @new.Tables!);
        return new ComparisonResult(old, @new, report, [.. report.Gaps.Select(g => ComparisonDiagnostics.Incomplete.At(SourceSpan.None, g))]);
    }

    private static ComparedSide AsInBundle(ComparedSide side) => side with { Tables = ComparableProxies.Of(side.Tables!) };

    private ComparedSide Compile(ComparedInput input, Stage<IReadOnlyList<SourceText>> both, ComparisonRequest request)
    {
        if (input is ComparedInput.Compiled { Compilation: var compiled })
        {
            // What was found in it was said already, and what came after the tables changes nothing here.
            return new ComparedSide(compiled.Tables, []);
        }

        if (input is ComparedInput.Bundle bundle)
        {
            var read = BundleReader.Read(bundle.Directory);
            var tables = read.Value is null ? null : BundleTablesReader.Read(read.Value);
            return new ComparedSide(tables?.Value, [.. read.Diagnostics, .. tables?.Diagnostics ?? []]);
        }

        var own = input switch
        {
            ComparedInput.Files files => InputFileReader.Read(files.Paths, standardInput),
            ComparedInput.Revision revision => new GitRevisionReader(directory).Read(revision.Name, revision.Paths),
            _ => throw new InvalidOperationException($"input {input}"),
        };
        // What lies below the paths as well is read once.
        var ownFiles = (own.Value ?? []).Where(_ => input is ComparedInput.Files).Select(t => Path.GetFullPath(t.Path)).ToHashSet(StringComparer.Ordinal);
        var texts = Stage.Of<IReadOnlyList<SourceText>>([.. own.Value ?? [], .. (both.Value ?? []).Where(t => !ownFiles.Contains(Path.GetFullPath(t.Path)))], own.Diagnostics.Concat(both.Diagnostics));
        var compilation = new CompilePipeline(codeGenerator, verifier, standardInput).Compile(
            new CompileRequest([], request.Options, CompileStage.Tables) { DnsRecords = request.DnsRecords, Texts = texts });
        return new ComparedSide(compilation.Succeeded ? compilation.Tables : null, compilation.Diagnostics);
    }

    private static bool HasWorkloads(PolicyTables tables) => tables.Graph.Cluster.Endpoints.Any(e => !e.IsNode && !e.HostNetwork);
}
