using System.Text;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.CodeGen.Tests;

public sealed class DiagnosticTests
{
    [Fact]
    public void NoTemplateIsAFinding() => AssertFinding(CodeGenDiagnostics.TemplateUnusable, Generate([]), "was not there");

    [Fact]
    public void BytesThatAreNoBitcodeAreAFinding() =>
        AssertFinding(CodeGenDiagnostics.LlvmRefused, Generate(Encoding.ASCII.GetBytes("no bitcode at all, sorry")), "could not read the template");

    [Fact]
    public void ADamagedTemplateIsAFindingAndNotACrash()
    {
        var template = Template();
        AssertFinding(CodeGenDiagnostics.LlvmRefused, Generate(template[..(template.Length / 2)]), "could not read the template");
    }

    [Theory]
    [InlineData("policyc_slot", "does not define the function policyc_slot")]
    [InlineData("policyc_to_endpoint", "does not define the function policyc_to_endpoint")]
    [InlineData("policyc_decide_egress", "does not leave to the compiler the function policyc_decide_egress")]
    public void ATemplateWithoutAFunctionIsAFinding(string function, string message) =>
        AssertFinding(CodeGenDiagnostics.TemplateUnusable, Generate(Rename(Template(), function)), message);

    [Theory]
    [InlineData("node_ipv6", "has no member node_ipv6")]
    [InlineData("policyc_counter", "struct policyc_counter is not used")]
    public void AnotherLayoutIsAFinding(string name, string message)
    {
        var elf = Plans.Build("table").Elf.ToArray();

        var failure = Assert.Throws<CodeGenException>(() => LayoutCheck.Run([.. Rename(elf, name)]));

        Assert.Equal(CodeGenDiagnostics.LayoutMismatch, failure.Diagnostic.Descriptor);
        Assert.Contains(message, failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMovedMemberIsAFinding()
    {
        // BTF keeps a member as name, type and bit offset: find policyc_endpoint.revision at bit 32, and move it.
        var elf = Plans.Build("table").Elf;
        var section = ElfReader.Read(elf, out _)!.Section(".BTF")!;
        var types = BtfReader.Read(section.Content, out _)!;
        var member = types.Find(BtfKind.Struct, "policyc_endpoint")!.Members.Single(m => m.Name == "revision");
        var start = elf.AsSpan().IndexOf(section.Content.AsSpan());
        var moved = elf.ToArray();
        var pattern = new byte[8];
        BitConverter.TryWriteBytes(pattern, member.Type);
        BitConverter.TryWriteBytes(pattern.AsSpan(4), 32);
        var at = start + moved.AsSpan(start, section.Content.Length).IndexOf(pattern);
        var replaced = 0;
        for (; at >= start; at = start + moved.AsSpan(start, section.Content.Length).IndexOf(pattern))
        {
            moved[at + 4] = 64;
            replaced++;
        }

        Assert.NotEqual(0, replaced);
        var failure = Assert.Throws<CodeGenException>(() => LayoutCheck.Run([.. moved]));
        Assert.Equal(CodeGenDiagnostics.LayoutMismatch, failure.Diagnostic.Descriptor);
        Assert.Contains("is at bit 64, but this compiler expects bit 32", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyAMissingLlvmBlamesTheEnvironment()
    {
        Assert.True(CodeGenDiagnostics.IsEnvironment(CodeGenDiagnostics.LlvmMissing.At(SourceSpan.None)));
        Assert.False(CodeGenDiagnostics.IsEnvironment(CodeGenDiagnostics.TemplateUnusable.At(SourceSpan.None, "x")));
    }

    private static Stage<BpfObject> Generate(byte[] template) => new LlvmCodeGenerator(template).Generate("test", Plans.All["table"]);

    private static void AssertFinding(DiagnosticDescriptor descriptor, Stage<BpfObject> stage, string message)
    {
        Assert.Null(stage.Value);
        var finding = Assert.Single(stage.Diagnostics);
        Assert.Equal(descriptor, finding.Descriptor);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    private static byte[] Template()
    {
        using var stream = typeof(LlvmCodeGenerator).Assembly.GetManifestResourceStream("policy.bc")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Changes the name wherever it is stored as text, which includes symbol tables.</summary>
    private static byte[] Rename(byte[] bytes, string name)
    {
        var result = bytes.ToArray();
        var text = Encoding.ASCII.GetBytes(name);
        var count = 0;
        for (var at = result.AsSpan().IndexOf(text); at >= 0; at = result.AsSpan().IndexOf(text))
        {
            result[at + text.Length - 1] = (byte)'Z';
            count++;
        }

        Assert.NotEqual(0, count);
        return result;
    }
}
