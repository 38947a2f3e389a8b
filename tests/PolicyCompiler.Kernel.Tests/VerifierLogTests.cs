using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Kernel.Tests;

/// <summary>The parser on logs of a real verifier (Fixtures/build.sh).</summary>
public sealed class VerifierLogTests
{
    [Theory]
    [InlineData("null-check", "R0 invalid mem access 'map_value_or_null'", 7, "allow.yaml", 14, "- protocol: TCP")]
    [InlineData("packet-bounds", "invalid access to packet, off=60 size=1, R1(id=0,off=60,r=0)", 9, "allow.yaml", 15, "port: 80")]
    [InlineData("map-bounds", "R0 unbounded memory access, make sure to bounds check any such access", 11, "allow.yaml", 17, "port: 443")]
    [InlineData("endless-loop", "infinite loop detected at insn 9", 10, "allow.yaml", 10, "- podSelector:")]
    public void NamesTheDecisiveLineAndItsSource(string name, string error, int instruction, string file, int line, string text)
    {
        var log = VerifierLog.Parse(Fixture.Log(name));

        Assert.Equal(error, log.Error);
        Assert.Equal(instruction, log.InstructionIndex);
        Assert.StartsWith($"{instruction}: (", log.Instruction, StringComparison.Ordinal);
        Assert.Equal(new VerifierLogSource(text, file, line), log.Sources[^1]);
    }

    [Fact]
    public void KeepsEveryLineOfTheError() => Assert.Equal(
        ["invalid access to packet, off=60 size=1, R1(id=0,off=60,r=0)", "R1 offset is outside of the packet"],
        VerifierLog.Parse(Fixture.Log("packet-bounds")).ErrorLines);

    [Fact]
    public void ComplexityLimit()
    {
        var log = VerifierLog.Parse(Fixture.Log("too-large"));

        Assert.Equal("BPF program is too large. Processed 1000001 insn", log.Error);
        Assert.Equal(1000001, log.ProcessedInstructions);
    }

    [Fact]
    public void StatisticsOfAnAcceptedProgram()
    {
        var log = VerifierLog.Parse(Fixture.Log("accepted"));

        Assert.Equal(("", 1111, 71, 70, 40, 331), (log.Error, log.ProcessedInstructions, log.TotalStates, log.PeakStates, log.StackBytes, log.Microseconds));
    }

    [Fact]
    public void SourceWithoutFileComesFromOlderKernels()
    {
        var log = VerifierLog.Parse("; x = *p;\n3: (61) r1 = *(u32 *)(r0 +0)\nR0 invalid mem access 'scalar'\n");

        Assert.Equal(new VerifierLogSource("x = *p;", "", 0), Assert.Single(log.Sources));
        Assert.Equal("R0 invalid mem access 'scalar'", log.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n;\n")]
    [InlineData("99999999999999999999: (61) x")]
    [InlineData("processed")]
    public void OddTextIsNoException(string text) => Assert.NotNull(VerifierLog.Parse(text));
}
