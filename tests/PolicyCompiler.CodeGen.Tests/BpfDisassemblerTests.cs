using System.Collections.Immutable;
using CsCheck;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen.Tests;

public sealed class BpfDisassemblerTests
{
    [Theory]
    [InlineData("614c5000 00000000", "r12 = *(u32 *)(r4 + 80)")]
    [InlineData("6112f8ff 00000000", "r2 = *(u32 *)(r1 - 8)")]
    [InlineData("81120400 00000000", "r2 = *(s32 *)(r1 + 4)")]
    [InlineData("720a0700 ff000000", "*(u8 *)(r10 + 7) = 255")]
    [InlineData("7b1af0ff 00000000", "*(u64 *)(r10 - 16) = r1")]
    [InlineData("b7010000 05000000", "r1 = 5")]
    [InlineData("b4010000 ffffffff", "w1 = -1")]
    [InlineData("b4010000 40000010", "w1 = 0x10000040")]
    [InlineData("bf210000 00000000", "r1 = r2")]
    [InlineData("bf210800 00000000", "r1 = (s8)r2")]
    [InlineData("0f210000 00000000", "r1 += r2")]
    [InlineData("c7010000 20000000", "r1 s>>= 32")]
    [InlineData("37010100 03000000", "r1 s/= 3")]
    [InlineData("87010000 00000000", "r1 = -r1")]
    [InlineData("dc010000 10000000", "r1 = be16 r1")]
    [InlineData("d7010000 20000000", "r1 = bswap32 r1")]
    [InlineData("db210800 00000000", "lock *(u64 *)(r1 + 8) += r2")]
    [InlineData("c3210800 01000000", "r2 = atomic_fetch_add((u32 *)(r1 + 8), r2)")]
    [InlineData("db210000 f1000000", "r0 = atomic64_cmpxchg((u64 *)(r1 + 0), r0, r2)")]
    [InlineData("db210000 e1000000", "r2 = atomic64_xchg((u64 *)(r1 + 0), r2)")]
    [InlineData("85000000 01000000", "call bpf_map_lookup_elem#1")]
    [InlineData("85100000 07000000", "call pc+7")]
    [InlineData("30000000 0c000000", "r0 = *(u8 *)skb[12]")]
    [InlineData("95000000 00000000", "exit")]
    [InlineData("55020200 00000000", "if r2 != 0 goto L3")]
    [InlineData("2e21feff 00000000", "if w1 > w2 goto L-1")]
    [InlineData("ff000000 00000000", "(unknown instruction ff)")]
    public void OneInstruction(string slot, string expected)
    {
        var text = BpfDisassembler.Disassemble(Program(slot));
        Assert.Equal($"     0: {expected}\n", text);
    }

    [Fact]
    public void BlocksHaveLabelsAndNameTheirOrigin()
    {
        var program = Program(
            "61120000 00000000", "55020300 00000000", "18010000 00000000 00000000 00000000", "05000100 00000000", "b7000000 02000000",
            "95000000 00000000") with
        {
            Lines =
            [
                new BpfLine(0, "web.yaml", 10, 7, "  - from:"), new BpfLine(1, "web.yaml", 10, 9, "  - from:"),
                new BpfLine(2, "web.yaml", 12, 7, ""), new BpfLine(5, "web.yaml", 14, 7, "- ports:"),
            ],
            MapReferences = [(2, "policyc_pages")],
        };

        Assert.Equal(
            """
            ; web.yaml:10  - from:
                 0: r2 = *(u32 *)(r1 + 0)
                 1: if r2 != 0 goto L5
            ; web.yaml:12
                 2: r1 = &policyc_pages
                 4: goto L6
            L5:
            ; web.yaml:14  - ports:
                 5: r0 = 2
            L6:
            ; web.yaml:14  - ports:
                 6: exit

            """.ReplaceLineEndings("\n"),
            BpfDisassembler.Disassemble(program));
    }

    [Fact]
    public void EveryInstructionOfRealObjectsIsKnown()
    {
        foreach (var program in Plans.All.Keys.SelectMany(n => Plans.Build(n).Programs))
        {
            Assert.DoesNotContain("unknown", BpfDisassembler.Disassemble(program), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnyBytesHaveAText() => Gen.Byte.Array[0, 200].Sample(
        bytes => Assert.NotNull(BpfDisassembler.Disassemble(new BpfProgram("x", "tc", [.. bytes], [], []))), iter: 2_000, threads: 1);

    private static BpfProgram Program(params string[] slots) =>
        new("x", "tc", [.. slots.SelectMany(s => Convert.FromHexString(s.Replace(" ", "", StringComparison.Ordinal)))], [], []);
}
