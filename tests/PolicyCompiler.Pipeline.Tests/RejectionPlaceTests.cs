using System.Text;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>A rejection names the policy's file as the user named it, though the object knows its logical path only.</summary>
public sealed class RejectionPlaceTests
{
    private const string Policy = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec: {podSelector: {}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        status: {podIP: 10.0.0.1, phase: Running}
        """;

    [Theory]
    [InlineData("deploy/p.yaml", true)]
    [InlineData("unknown.yaml", false)]
    public void TheFileIsNamedAsGiven(string logicalPath, bool isFound)
    {
        var folder = Directory.CreateTempSubdirectory("policyc-test-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "deploy"));
            var file = Path.Combine(folder, "deploy", "p.yaml");
            File.WriteAllText(file, Policy, Encoding.UTF8);
            var compilation = new CompilePipeline(new LlvmCodeGenerator(), new RejectingVerifier(logicalPath), Stream.Null)
                .Compile(new CompileRequest([folder], new GraphOptions(), CompileStage.Verification));
            var finding = Assert.Single(compilation.Diagnostics);
            Assert.Equal($"{(isFound ? file : logicalPath)}(4,3): error NP5010: the kernel verifier rejected program 'p' of object 'o': no (Linux 6.1)", finding.ToString());
            Assert.Equal(isFound ? "spec: {podSelector: {}}" : "", finding.Span.Source!.Line(4));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class RejectingVerifier(string path) : IKernelVerifier
    {
        public Stage<VerificationReport> Verify(IReadOnlyList<BpfObject> objects, IReadOnlyList<MapContents> maps) => Stage.Of(
            new VerificationReport(VerificationOutcome.Rejected, "", "6.1", []),
            [KernelDiagnostics.Rejected.At(new SourceSpan(new SourceText(path, path, ""), 4, 3, 0), "p", "o", "no", "6.1")]);
    }
}
