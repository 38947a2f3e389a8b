using System.Text;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Snapshots.Tests;

/// <summary>Every case under policies/ has one text a stage under snapshots/.</summary>
public sealed class CompileSnapshotTests
{
    /// <summary>The one case whose snapshot has the whole programs.</summary>
    private const string CaseWithWholePrograms = "default-deny-both";

    private static readonly string[] ValidStages = ["diagnostics", "graph", "maps", "program.bpf", "served", "tables", "verifier"];

    public static TheoryData<string> ValidCases => [.. Repository.ValidCases];

    public static TheoryData<string> InvalidCases => [.. Repository.Cases.Except(Repository.ValidCases)];

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void EveryStageIsAsRecorded(string name)
    {
        var compilation = Compile(name, CompileStage.Objects);
        Assert.True(compilation.Succeeded, Diagnostics(compilation));
        SnapshotFile.Check(name, "diagnostics", Diagnostics(compilation));
        SnapshotFile.Check(name, "graph", RuleGraphWriter.Write(compilation.Graph!));
        SnapshotFile.Check(name, "tables", PolicyTablesWriter.Write(compilation.Tables!));
        SnapshotFile.Check(name, "maps", MapContentsWriter.Write(compilation.Maps));
        SnapshotFile.Check(name, "program.bpf", Programs(name, compilation));
        if (Served(compilation) is { Length: > 0 } served)
        {
            SnapshotFile.Check(name, "served", served);
        }
    }

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void TheKernelAcceptsEveryProgram(string name)
    {
        KernelRequirement.Require();
        var compilation = Compile(name, CompileStage.Verification);
        var text = new StringBuilder($"{compilation.Verification.Outcome}\n");
        foreach (var item in compilation.Verification.Objects)
        {
            // Statistics differ between kernels; the verdict and what was shown to the kernel do not.
            text.Append($"{item.ObjectName}: {item.Outcome}, {string.Join(", ", item.Programs.Select(p => $"{p.Program} {p.Instructions} instructions"))}\n");
        }

        SnapshotFile.Check(name, "verifier", text.ToString());
        Assert.Equal(VerificationOutcome.Accepted, compilation.Verification.Outcome);
    }

    [Theory]
    [MemberData(nameof(InvalidCases))]
    public void InvalidInputIsRejectedWithItsPlace(string name)
    {
        var compilation = Compile(name, CompileStage.Objects);
        Assert.False(compilation.Succeeded);
        Assert.All(
            compilation.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error),
            d => Assert.True(d.Span.IsKnown, d.ToString()));
        SnapshotFile.Check(name, "diagnostics", Diagnostics(compilation));
    }

    [Fact]
    public void NoSnapshotIsWithoutItsCase()
    {
        var expected = Repository.ValidCases.SelectMany(c => ValidStages.Select(s => SnapshotFile.PathOf(c, s)))
            .Concat(Repository.Cases.Except(Repository.ValidCases).Select(c => SnapshotFile.PathOf(c, "diagnostics")));
        var present = Directory.EnumerateFiles(Path.Combine(Repository.Root, "snapshots"), "*.verified.txt", SearchOption.AllDirectories);
        Assert.Empty(present.Except(expected));
    }

    private static Compilation Compile(string name, CompileStage until) =>
        new CompilePipeline(new LlvmCodeGenerator(), new LibbpfVerifier(), Stream.Null)
            .Compile(new CompileRequest([Repository.CasePath(name)], new GraphOptions(), until));

    /// <summary>What the bundle has for proxies, and for an agent that learns names.</summary>
    private static string Served(Compilation compilation) => string.Concat(BundleWriter.Files(compilation, "")
        .Where(f => f.Path == BundleLayout.Names || f.Path.StartsWith(BundleLayout.Proxies, StringComparison.Ordinal))
        .OrderBy(f => f.Path, StringComparer.Ordinal)
        .Select(f => $"# {f.Path}\n{Encoding.UTF8.GetString(f.Content)}\n"));

    private static string Diagnostics(Compilation compilation) => compilation.Diagnostics.IsEmpty
        ? "none\n"
        : string.Concat(compilation.Diagnostics.Select(d =>
            $"{d.Span.Source?.LogicalPath ?? "-"}({d.Span.Line},{d.Span.Column}): {d.Severity.ToString().ToLowerInvariant()} {d.Code}: {d.Message}\n"))
            .Replace(Repository.Root, "", StringComparison.Ordinal);

    private static string Programs(string name, Compilation compilation)
    {
        var text = new StringBuilder();
        foreach (var policy in compilation.Tables!.EndpointPolicies)
        {
            text.Append($"endpoint policy {policy.Index}: {compilation.ObjectOf(policy).Name}\n");
        }

        foreach (var item in compilation.Objects)
        {
            foreach (var program in item.Programs)
            {
                text.Append($"\n# {item.Name}: {program.Name} ({program.Section}), {program.InstructionCount} instructions\n");
                text.Append(name == CaseWithWholePrograms ? BpfDisassembler.Disassemble(program) : GeneratedBlocks(BpfDisassembler.Disassemble(program)));
            }
        }

        return text.ToString();
    }

    /// <summary>The blocks that come from policies; of the template's, which are the same in every case, the number of lines.</summary>
    private static string GeneratedBlocks(string disassembly)
    {
        var text = new StringBuilder();
        var (isTemplate, skipped) = (false, 0);
        foreach (var line in disassembly.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            isTemplate = line.StartsWith("; ", StringComparison.Ordinal) ? line.StartsWith("; ./", StringComparison.Ordinal) : isTemplate;
            if (isTemplate)
            {
                skipped++;
                continue;
            }

            text.Append(skipped > 0 ? $"    ... {skipped} lines of the template\n" : "").Append(line).Append('\n');
            skipped = 0;
        }

        return text.Append(skipped > 0 ? $"    ... {skipped} lines of the template\n" : "").ToString();
    }
}
