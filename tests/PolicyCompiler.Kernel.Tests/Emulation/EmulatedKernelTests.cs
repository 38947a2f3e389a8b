using System.Collections.Immutable;
using System.Diagnostics;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel.Emulation;

namespace PolicyCompiler.Kernel.Tests.Emulation;

/// <summary>Real kernels in the emulator, and emulators that fail.</summary>
public sealed class EmulatedKernelTests : IDisposable
{
    private static readonly string[] Names = ["loader", "null-check", "kernel-function", "newer-helper", "newer-instruction"];
    private static readonly Dictionary<string, Stage<IReadOnlyList<VerificationReport>>> Verdicts = new(StringComparer.Ordinal);
    private readonly string _folder = Directory.CreateTempSubdirectory("policyc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("6.12", "loader kernel-function newer-helper newer-instruction")]
    [InlineData("6.1", "loader newer-helper")]
    [InlineData("5.10", "loader")]
    public void EachKernelTakesWhatItHasTheFeaturesFor(string version, string accepted)
    {
        var report = Assert.Single(Verdict(version).Value!);
        Assert.StartsWith(version + ".", report.Kernel, StringComparison.Ordinal);
        Assert.Equal(accepted.Split(' '), report.Objects.Where(o => o.Outcome == VerificationOutcome.Accepted).Select(o => o.ObjectName));
        Assert.All(report.Objects, o => Assert.NotEqual(VerificationOutcome.NoResult, o.Outcome));
        var loaded = report.Objects[0].Programs;
        Assert.Equal([BpfObject.FromEndpoint, BpfObject.ToEndpoint], loaded.Select(p => p.Program).Order(StringComparer.Ordinal));
        Assert.All(loaded, p => Assert.InRange(p.ProcessedInstructions, p.Instructions / 2, 5000));
    }

    [Fact]
    public void ARefusalSaysWhatTheKernelLacks()
    {
        var stage = Verdict("6.1");

        var messages = stage.Diagnostics.Where(d => d.Code == "NP5012").Select(d => d.Message).ToList();
        Assert.Equal(2, messages.Count);
        Assert.Matches(@"^Linux 6\.1\.\S+ refuses object 'kernel-function': it lacks kernel function bpf_dynptr_from_skb \(since Linux 6\.4\)$", messages[0]);
        Assert.Matches(@"^Linux 6\.1\.\S+ refuses program 'policyc_to_endpoint' of object 'newer-instruction': it lacks instructions of version 4 .*\(since Linux 6\.6\)$", messages[1]);

        // A program that is wrong is wrong on every kernel.
        var rejected = Assert.Single(stage.Diagnostics, d => d.Code == "NP5010");
        Assert.Contains("object 'null-check': R0 invalid mem access", rejected.Message, StringComparison.Ordinal);
        Assert.Contains("(Linux 6.1.", rejected.Message, StringComparison.Ordinal);
        Assert.Equal(3, stage.Diagnostics.Length);
    }

    [Fact]
    public void AHelperThatIsMissingIsNamed()
    {
        var finding = Assert.Single(Verdict("5.10").Diagnostics, d => d.Message.Contains("'newer-helper'", StringComparison.Ordinal));
        Assert.Equal("NP5012", finding.Code);
        Assert.EndsWith("it lacks helper bpf_skb_set_tstamp (since Linux 5.18)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmulatedAndRunningKernelSeeTheSameProgram()
    {
        KernelRequirement.Require();
        var input = Input("loader");
        var answers = KernelMatrix.Verify(
            [new KernelChoice.Running(), new KernelChoice.Image(EmulationRequirement.Image("6.12"))], [input, input with { Name = "again" }], new DebianKernels(_folder));

        Assert.Empty(answers.Diagnostics);
        var sizes = answers.Value!.Select(v => v.Reports.SelectMany(r => r.Objects).SelectMany(o => o.Programs).Select(p => (p.Program, p.Instructions))).ToList();
        Assert.Equal(4, sizes[0].Count());
        Assert.Equal(sizes[0], sizes[1]);
        Assert.All(answers.Value!, v => Assert.Equal(VerificationOutcome.Accepted, v.Outcome));
    }

    [Theory]
    [InlineData("sleep 60", "silent or busy for too long")]
    [InlineData("exit 0", "did not come to start the loader")]
    [InlineData("echo 'no such machine' >&2; exit 1", "the emulator said: no such machine")]
    [InlineData("echo 'Kernel panic - not syncing: VFS: Unable to mount root fs'", "the last on its console was: Kernel panic - not syncing: VFS")]
    public void AnEmulatorThatFailsGivesNoResultAndNeverARefusal(string script, string why)
    {
        var stage = Fake(script).Verify([Input()]);

        var finding = Assert.Single(stage.Diagnostics);
        Assert.Equal("NP5030", finding.Code);
        Assert.Contains(why, finding.Message, StringComparison.Ordinal);
        Assert.True(EmulationDiagnostics.IsEnvironment(finding));
        var report = Assert.Single(stage.Value!);
        Assert.Equal(VerificationOutcome.NoResult, report.Outcome);
        Assert.All(report.Objects, o => Assert.Equal(VerificationOutcome.NoResult, o.Outcome));
        Assert.Equal(Names.Length, report.Objects.Length);
    }

    [Fact]
    public void WhatAGuestSaidBeforeItDiedCounts()
    {
        var said = GuestReportReaderTests.Record("start 6.1.0 v1.1") + GuestReportReaderTests.Record("object 0 0 -");
        File.WriteAllText(Path.Combine(_folder, "said"), said);
        var stage = Fake($"cat '{Path.Combine(_folder, "said")}'").Verify([Input()]);

        Assert.Equal("NP5030", Assert.Single(stage.Diagnostics).Code);
        var report = Assert.Single(stage.Value!);
        Assert.Equal(VerificationOutcome.NoResult, report.Outcome);
        Assert.Equal(VerificationOutcome.Accepted, report.Objects[0].Outcome);
        Assert.All(report.Objects.Skip(1), o => Assert.Equal(VerificationOutcome.NoResult, o.Outcome));
    }

    [Fact]
    public void AFailedAttemptIsRepeatedOnce()
    {
        var counter = Path.Combine(_folder, "attempts");
        Fake($"echo attempt >> '{counter}'").Verify([Input()]);
        Assert.Equal(2, File.ReadAllLines(counter).Length);
    }

    [Fact]
    public void AMissingEmulatorIsAFinding()
    {
        var stage = new EmulatedKernel("some", "/image") { Program = "qemu-that-is-not-there" }.Verify([Input()]);

        var finding = Assert.Single(stage.Diagnostics);
        Assert.Equal("NP5031", finding.Code);
        Assert.Contains("apt-get install --no-install-recommends qemu-system-x86", finding.Message, StringComparison.Ordinal);
        Assert.Equal(VerificationOutcome.NoResult, Assert.Single(stage.Value!).Outcome);
    }

    [Fact]
    public void TheJobSizesMapsAndNumbersObjectsThrough()
    {
        var first = Input("loader") with { Maps = [new MapContents("policyc_pages", 4, 256, 77, [], [])] };
        Assert.Equal(
            """
            share .data.conntrack
            bundle
            map policyc_pages 77
            object 0 loader /objects/0
            bundle
            object 1 null-check /objects/1
            object 2 loader /objects/2

            """,
            InitramfsBuilder.Job([first, Input("null-check", "loader")]));
    }

    // One boot a kernel for all tests; those of one class run one after the other.
    private static Stage<IReadOnlyList<VerificationReport>> Verdict(string version)
    {
        if (!Verdicts.TryGetValue(version, out var verdict))
        {
            verdict = new EmulatedKernel($"debian:{version}", EmulationRequirement.Image(version)).Verify([Input()]);
            Verdicts.Add(version, verdict);
        }

        return verdict;
    }

    // As fixtures are read back from a file, their instructions are known.
    private static VerificationInput Input(params string[] names) => new(
        "fixtures",
        [.. (names.Length > 0 ? names : Names).Select(n => BpfObjectReader.Read(n, [.. Fixture.Bytes(n + ".bpf.o")]).Value!)],
        [],
        ImmutableSortedDictionary<string, string>.Empty);

    private EmulatedKernel Fake(string script)
    {
        var program = Path.Combine(_folder, "emulator");
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        using (var chmod = Process.Start("chmod", ["+x", program]))
        {
            chmod.WaitForExit();
        }

        return new EmulatedKernel("some", "/image") { Program = program, Silence = TimeSpan.FromMilliseconds(300) };
    }
}
