using System.Collections.Immutable;
using CsCheck;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen.Tests;

/// <summary>The readers of object files, on real objects and on damaged ones.</summary>
public sealed class ReaderTests
{
    private static readonly ImmutableArray<byte> Good = Plans.Build("inline-mixed").Elf;

    [Fact]
    public void AnObjectReadsBackAsItWasGenerated()
    {
        var built = Plans.Build("inline-mixed");
        var read = BpfObjectReader.Read("again", built.Elf).Value!;

        Assert.Null(read.Plan);
        Assert.Equal(built.Maps, read.Maps);
        foreach (var (expected, actual) in built.Programs.Zip(read.Programs))
        {
            Assert.Equal(expected.Instructions, actual.Instructions);
            Assert.Equal(expected.Lines, actual.Lines);
            Assert.Equal(expected.MapReferences, actual.MapReferences);
        }
    }

    [Fact]
    public void DebugSectionsAreGone()
    {
        var file = ElfReader.Read(Good, out var fault)!;

        Assert.Null(fault);
        Assert.DoesNotContain(file.Sections, s => s.Name.Contains("debug", StringComparison.Ordinal));
        Assert.NotNull(file.Section(".BTF.ext"));
        Assert.All(file.Relocations, r => Assert.NotEqual("", file.Symbols[r.Symbol].Name));
    }

    [Fact]
    public void EveryMapLoadNamesItsMapOrVariable()
    {
        foreach (var program in BpfObjectReader.Read("x", Good).Value!.Programs)
        {
            Assert.NotEmpty(program.MapReferences);
            Assert.All(program.MapReferences, r => Assert.Equal(0x18, program.Instructions[r.InstructionIndex * 8]));
            Assert.Contains(program.MapReferences, r => r.Symbol == "policyc_endpoint");
        }
    }

    [Fact]
    public void TruncatedFilesAreFindings()
    {
        for (var length = 0; length < Good.Length; length += 97)
        {
            var read = BpfObjectReader.Read("cut", Good[..length]);
            Assert.Null(read.Value);
            Assert.Equal(ObjectDiagnostics.Malformed, Assert.Single(read.Diagnostics).Descriptor);
        }
    }

    [Theory]
    [InlineData(".BTF")]
    [InlineData(".BTF.ext")]
    public void TruncatedTypesAreFindings(string name)
    {
        var types = ElfReader.Read(Good, out _)!.Section(".BTF")!.Content;
        var content = ElfReader.Read(Good, out _)!.Section(name)!.Content;
        for (var length = 0; length < content.Length; length += 31)
        {
            string? fault;
            if (name == ".BTF")
            {
                Assert.Null(BtfReader.Read(content[..length], out fault));
            }
            else
            {
                Assert.Empty(BtfReader.ReadLines(content[..length], BtfReader.Read(types, out _)!, out fault));
            }

            Assert.NotNull(fault);
        }
    }

    // Bytes of headers and tables are hit more often than their share, because that is where offsets and counts are.
    [Fact]
    public void DamagedFilesGiveAFindingOrAnObjectButNeverAnException()
    {
        var file = ElfReader.Read(Good, out _)!;
        var table = (int)BitConverter.ToUInt64(Good.AsSpan(40, 8));
        var types = Good.AsSpan().IndexOf(file.Section(".BTF")!.Content.AsSpan());
        var place = Gen.OneOf(
            Gen.Int[0, 63], Gen.Int[table, Good.Length - 1], Gen.Int[types, types + file.Section(".BTF")!.Content.Length - 1],
            Gen.Int[0, Good.Length - 1]);
        Gen.Select(place, Gen.Byte).Array[1, 8].Sample(
            changes =>
            {
                var bytes = Good.ToArray();
                foreach (var (at, value) in changes)
                {
                    bytes[at] = value;
                }

                var read = BpfObjectReader.Read("damaged", [.. bytes]);
                Assert.NotEqual(read.Value is null, read.Diagnostics.IsEmpty);
                foreach (var program in read.Value?.Programs ?? [])
                {
                    Assert.NotNull(BpfDisassembler.Disassemble(program));
                }
            },
            iter: 1_000,
            threads: 1);
    }
}
