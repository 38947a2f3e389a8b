using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Kernel.Emulation;

namespace PolicyCompiler.Kernel.Tests.Emulation;

/// <summary>The console is shared with firmware and kernel, and a guest may die at any byte of it.</summary>
public sealed class GuestReportReaderTests
{
    private static readonly string Whole = string.Concat(
        "\u001bc\u001b[?7l\u001b[2JSeaBIOS (version 1.16.2)\r\nBooting from ROM..\u001bc",
        Record("start 6.1.0-56-cloud-amd64 v1.1"),
        Record($"program 0 first 10 {Base64("processed 7 insns\n")}"),
        Record("program 0 second 12 -"),
        Record("object 0 0 -"),
        "[    1.5] random: crng init done\r\n",
        Record($"program 1 first 10 {Base64("invalid func unknown#181\n")}"),
        Record($"object 1 22 {Base64("libbpf: failed\n")}"),
        Record("end 2"),
        "[    4.6] reboot: Power down\r\n");

    [Fact]
    public void AWholeReport()
    {
        var report = GuestReportReader.Read(Whole);

        Assert.True(report.IsComplete);
        Assert.Equal("6.1.0-56-cloud-amd64", report.Release);
        Assert.Equal([0, 1], report.Objects.Keys.Order());
        Assert.Equal(0, report.Objects[0].Error);
        Assert.Equal([new GuestProgram("first", 10, "processed 7 insns\n"), new GuestProgram("second", 12, "")], report.Objects[0].Programs);
        Assert.Equal(22, report.Objects[1].Error);
        Assert.Equal("libbpf: failed\n", report.Objects[1].Messages);
        Assert.Equal("invalid func unknown#181\n", Assert.Single(report.Objects[1].Programs).Log);
    }

    [Fact]
    public void ACutReportIsNeverWholeAndNeverSaysMore()
    {
        var whole = GuestReportReader.Read(Whole);
        var end = Whole.IndexOf("end 2", StringComparison.Ordinal) + "end 2".Length;
        for (var length = 0; length < end; length++)
        {
            var report = GuestReportReader.Read(Whole[..length]);
            Assert.False(report.IsComplete);
            Assert.All(report.Objects, o => Assert.Equal(whole.Objects[o.Key].Error, o.Value.Error));
        }
    }

    [Fact]
    public void AMessageInTheMiddleOfALineSpoilsThatLineOnly()
    {
        var at = Whole.IndexOf("object 0 0", StringComparison.Ordinal) + 3;
        var report = GuestReportReader.Read(Whole.Insert(at, "[    1.2] clocksource: unstable\r\n"));

        Assert.Equal([1], report.Objects.Keys);
        Assert.False(report.IsComplete);
    }

    [Fact]
    public void ChangedRecordsDoNotCount()
    {
        var report = GuestReportReader.Read(Whole.Replace("object 1 22", "object 1 00", StringComparison.Ordinal));
        Assert.Equal([0], report.Objects.Keys);
    }

    [Theory]
    [InlineData("object -1 0 -")]
    [InlineData("object 0 zero -")]
    [InlineData("object 0 0 =not-base64=")]
    [InlineData("object 0")]
    [InlineData("end")]
    [InlineData("")]
    [InlineData("something else")]
    public void RecordsOfAnotherShapeAreIgnored(string record)
    {
        var report = GuestReportReader.Read(Record(record));
        Assert.Empty(report.Objects);
        Assert.False(report.IsComplete);
    }

    [Fact]
    public void ThePanicIsTheLastWord()
    {
        var report = GuestReportReader.Read(
            Record("start 6.1 v1.1") + "[    2.0] Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b\r\n[    2.1] Kernel Offset: disabled\r\n");

        Assert.False(report.IsComplete);
        Assert.Contains("Kernel panic - not syncing: Attempted to kill init", report.LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public void GarbageIsNoReport()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(4000)];
            random.NextBytes(bytes);
            var report = GuestReportReader.Read(Encoding.Latin1.GetString(bytes));
            Assert.Empty(report.Objects);
            Assert.False(report.IsComplete);
        }
    }

    internal static string Record(string text) => string.Create(
        CultureInfo.InvariantCulture, $"\r\n{GuestReportReader.Marker}{Crc32C.Of(Encoding.UTF8.GetBytes(text)):x8} {text}\r\n");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
