using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Kernel.Tests;

public sealed class LibbpfVerifierTests
{
    [Fact]
    public void AcceptedWithStatistics()
    {
        KernelRequirement.Require();
        var stage = new LibbpfVerifier().Verify([Fixture.Object("loader")], LoaderTests.Contents());

        Assert.Empty(stage.Diagnostics);
        Assert.Equal(VerificationOutcome.Accepted, stage.Value!.Outcome);
        Assert.Equal(KernelCapabilities.Read().KernelRelease, stage.Value.Kernel);
        var verified = Assert.Single(stage.Value.Objects);
        Assert.Equal(64, verified.Sha256.Length);
        Assert.Equal([BpfObject.FromEndpoint, BpfObject.ToEndpoint], verified.Programs.Select(p => p.Program).Order(StringComparer.Ordinal));
        Assert.All(verified.Programs, p =>
        {
            Assert.InRange(p.Instructions, 10, 500);
            Assert.InRange(p.ProcessedInstructions, p.Instructions / 2, 5000);
            Assert.InRange(p.StackBytes, 4, 512);
        });
    }

    [Theory]
    [InlineData("null-check", "allow.yaml(14,", "R0 invalid mem access 'map_value_or_null'")]
    [InlineData("packet-bounds", "allow.yaml(15,", "invalid access to packet")]
    [InlineData("map-bounds", "allow.yaml(17,", "R0 unbounded memory access")]
    [InlineData("endless-loop", "allow.yaml(10,", "infinite loop detected")]
    public void RejectionLeadsWithTheDecisiveLineAtThePolicyLine(string name, string place, string error)
    {
        KernelRequirement.Require();
        var stage = new LibbpfVerifier().Verify([Fixture.Object(name)], []);

        Assert.Equal(VerificationOutcome.Rejected, stage.Value!.Outcome);
        var finding = Assert.Single(stage.Diagnostics);
        Assert.Equal("NP5010", finding.Code);
        Assert.StartsWith(place, finding.ToString(), StringComparison.Ordinal);
        Assert.Contains($"program 'policyc_to_endpoint' of object '{name}': {error}", finding.Message, StringComparison.Ordinal);
        Assert.Contains(finding.Notes, n => n.StartsWith("at instruction ", StringComparison.Ordinal));
        var log = Assert.Single(stage.Value.Objects).Log;
        Assert.Contains(error, log, StringComparison.Ordinal);
        Assert.Contains("processed ", log, StringComparison.Ordinal);
    }

    [Fact]
    public void LineRecordsOfTheObjectGiveTheWholePathAndTheColumn()
    {
        KernelRequirement.Require();
        var fixture = Fixture.Object("null-check");
        var lines = new BpfLine(7, "policies/web/allow.yaml", 14, 11, "        - protocol: TCP");
        var program = new BpfProgram(BpfObject.ToEndpoint, "tc", [], [lines], []);
        var stage = new LibbpfVerifier().Verify([fixture with { Programs = [program] }], []);

        Assert.StartsWith("policies/web/allow.yaml(14,11): error NP5010: ", Assert.Single(stage.Diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OneRejectedObjectDoesNotHideTheOthers()
    {
        KernelRequirement.Require();
        var stage = new LibbpfVerifier().Verify(
            [Fixture.Object("null-check"), Fixture.Object("loader"), Fixture.Object("map-bounds")], []);

        Assert.Equal(
            [VerificationOutcome.Rejected, VerificationOutcome.Accepted, VerificationOutcome.Rejected],
            stage.Value!.Objects.Select(o => o.Outcome));
        Assert.Equal(["NP5010", "NP5010"], stage.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void WhatIsNoObjectIsNotBlamedOnTheVerifier()
    {
        KernelRequirement.Require();
        var whole = Fixture.Object("loader");
        foreach (var length in new[] { 0, 1, 63, 64, whole.Elf.Length / 2, whole.Elf.Length - 1 })
        {
            var stage = new LibbpfVerifier().Verify([whole with { Elf = whole.Elf[..length] }], []);

            Assert.Equal("NP5011", Assert.Single(stage.Diagnostics).Code);
            Assert.Equal(VerificationOutcome.Rejected, stage.Value!.Outcome);
        }
    }

    [Fact]
    public void ManyObjectsShareTheirTables()
    {
        KernelRequirement.Require();
        var pages = new MapContents("policyc_pages", 4, 256, 20_000, [], []);
        var objects = Enumerable.Range(0, 60).Select(i => Fixture.Object("loader") with { Name = $"object{i}" }).ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var stage = new LibbpfVerifier().Verify(objects, [pages]);

        Assert.Equal(VerificationOutcome.Accepted, stage.Value!.Outcome);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }
}
