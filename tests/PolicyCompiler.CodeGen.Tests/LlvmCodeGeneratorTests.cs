using System.Buffers.Binary;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen.Tests;

public sealed class LlvmCodeGeneratorTests
{
    public static TheoryData<string> Names => [.. Plans.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPlanGivesBothPrograms(string name)
    {
        var built = Plans.Build(name);

        Assert.Equal([BpfObject.FromEndpoint, BpfObject.ToEndpoint], built.Programs.Select(p => p.Name));
        Assert.All(built.Programs, p => Assert.Equal("tc", p.Section));
        Assert.Same(Plans.All[name], built.Plan);
        Assert.Equal(name, built.Name);
        var pages = Assert.Single(built.Maps, m => m.Name == "policyc_pages");
        Assert.Equal((2u, 4u, 256u), (pages.Type, pages.KeySize, pages.ValueSize));
    }

    [Fact]
    public void TheVersionNamesLlvm() => Assert.StartsWith("LLVM 19.", new LlvmCodeGenerator().Version, StringComparison.Ordinal);

    [Fact]
    public void CodeThatNoPlanNeedsIsNotThere()
    {
        var size = Plans.All.Keys.ToDictionary(n => n, n => Plans.Build(n).Programs.Sum(p => p.InstructionCount), StringComparer.Ordinal);

        Assert.True(size["not-enforced"] < size["constant"] / 2, $"{size["not-enforced"]} instructions that only count");
        Assert.True(size["constant"] < size["table-port"]);
        Assert.True(size["table-port"] < size["table"]);
        Assert.True(size["table"] < size["table-deep"]);
    }

    [Theory]
    [InlineData("constant", false, false)]
    [InlineData("inline-ports", false, false)]
    [InlineData("inline-identities", true, false)]
    [InlineData("table-port", false, true)]
    [InlineData("table-single", false, true)]
    [InlineData("table", true, true)]
    public void LookupsAreMadeOnlyWhereTheDecisionNeedsThem(string name, bool identity, bool pages)
    {
        var references = Plans.Build(name).Programs.SelectMany(p => p.MapReferences).Select(r => r.Symbol).ToHashSet();

        Assert.Equal(identity, references.Contains("policyc_ipcache4"));
        Assert.Equal(identity, references.Contains("policyc_prefix6"));
        Assert.Equal(pages, references.Contains("policyc_pages"));
    }

    [Theory]
    [InlineData("constant", false, false)]
    [InlineData("table-deep", false, false)]
    [InlineData("redirects", true, false)]
    [InlineData("authenticates", false, true)]
    [InlineData("table-served", true, true)]
    public void ProxiesAndAuthenticationsAreAskedOnlyWhereTheDecisionNeedsThem(string name, bool redirects, bool authenticates)
    {
        foreach (var program in Plans.Build(name).Programs)
        {
            var references = program.MapReferences.Select(r => r.Symbol).ToHashSet();
            Assert.Equal(redirects, references.Contains(MapContentsBuilder.ProxyMap));
            Assert.Equal(authenticates, references.Contains(MapContentsBuilder.AuthenticatedMap));
        }
    }

    [Theory]
    [InlineData("inline-ports", "redirects")]
    [InlineData("inline-ports", "authenticates")]
    [InlineData("table", "table-served")]
    public void VerdictsThatNoDecisionAsksForCostNoCode(string plain, string served)
    {
        var (without, with) = (Plans.Build(plain).Programs, Plans.Build(served).Programs);

        // A lookup of a proxy or a pair takes some fifty instructions. How many there are without one is in the snapshots.
        Assert.All(without.Zip(with), p => Assert.InRange(p.Second.InstructionCount - p.First.InstructionCount, 30, 200));
        Assert.DoesNotContain(without.SelectMany(p => p.Lines), l => l.Path.EndsWith("/proxy.h", StringComparison.Ordinal));
        Assert.DoesNotContain(without.SelectMany(p => p.Lines), l => l.Path.EndsWith("/authentication.h", StringComparison.Ordinal));
    }

    [Fact]
    public void KindsOfAddressesThatDoNotExistCostNoLookup()
    {
        var references = Plans.Build("mixed").Programs.SelectMany(p => p.MapReferences).Select(r => r.Symbol).ToHashSet();

        Assert.Contains("policyc_ipcache4", references);
        Assert.DoesNotContain("policyc_prefix4", references);
        Assert.DoesNotContain("policyc_ipcache6", references);
        Assert.DoesNotContain("policyc_prefix6", references);
    }

    [Fact]
    public void TheIdentityIsLookedUpOnceAPathThroughTheDecision()
    {
        // Each program has the decision of either direction, because a reply may have to be decided again in the other.
        foreach (var program in Plans.Build("inline-mixed").Programs)
        {
            Assert.Equal(2, program.MapReferences.Count(r => r.Symbol == "policyc_ipcache4"));
        }
    }

    [Fact]
    public void InstructionsNameTheirPolicyLine()
    {
        foreach (var program in Plans.Build("inline-mixed").Programs)
        {
            var lines = program.Lines.Where(l => l.Path == Plans.Path).ToList();
            // Not all three: LLVM may join comparisons, and then keeps one of their lines.
            Assert.Superset(new HashSet<int> { 10, 18 }, lines.Select(l => l.Line).ToHashSet());
            Assert.Subset(new HashSet<int> { 1, 10, 14, 18 }, lines.Select(l => l.Line).ToHashSet());
            Assert.All(lines, l => Assert.Equal($"- from: # {l.Line}", l.Text));
        }
    }

    [Fact]
    public void VerdictWordsAreInTheCode()
    {
        var built = Plans.Build("inline-mixed");
        foreach (var program in built.Programs)
        {
            var immediates = Enumerable.Range(0, program.InstructionCount)
                .Select(i => BinaryPrimitives.ReadUInt32LittleEndian(program.Instructions.AsSpan()[((i * 8) + 4)..]))
                .ToHashSet();
            Assert.Superset(new HashSet<uint> { 0x10000040, 0x10000041, 0x10000042, 100 }, immediates);
        }
    }

    [Fact]
    public void StepsWithoutAPolicyLineSayWhatTheyDo()
    {
        var texts = Plans.Build("table").Programs[0].Lines.Where(l => l.Path == SourceFiles.GeneratedPath).Select(l => l.Text).ToHashSet();

        Assert.Superset(new HashSet<string> { "find the port class", "find the identity class", "read the verdict" }, texts);
    }

    [Fact]
    public void OddTextsAndPlacesAreCarriedOrLeftOut()
    {
        var odd = new PlanOrigin("weird \"dir\\x/pölicy.yaml", 1_000_000, 5_000, "tab\there \"quoted\" \\ ünïcode " + new string('x', 5_000));
        var beyond = new PlanOrigin("huge.yaml", 5_000_000, 1, "no");
        var plan = Plans.Both(Plans.Inline(
            Plans.Case(64, 1, [(5, 5)], []) with { Origin = odd }, Plans.Case(65, 1, [(8, 8)], []) with { Origin = beyond }));

        var built = new LlvmCodeGenerator().Generate("odd", plan).Value!;

        var line = built.Programs[0].Lines.First(l => l.Path == odd.LogicalPath);
        Assert.Equal((1_000_000, 0), (line.Line, line.Column));
        Assert.StartsWith("tab here \"quoted\" \\ ünïcode xxx", line.Text, StringComparison.Ordinal);
        Assert.True(line.Text.Length < 200);
        Assert.DoesNotContain(built.Programs[0].Lines, l => l.Path == beyond.LogicalPath);
    }
}
