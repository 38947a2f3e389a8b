using System.Globalization;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>The datapath's figures as tables.</summary>
internal static class DatapathReport
{
    public static void Write(IReadOnlyList<Subject> subjects, TextWriter output)
    {
        var floor = subjects[0];
        var table = new MarkdownTable("program", "rules", "established", "denied", "32,768 established", "new", "new, table full", "table bytes");
        foreach (var subject in subjects)
        {
            table.Add(
                subject.Name,
                subject.Rules == 0 ? "" : Number(subject.Rules),
                Of(subject.Established, null),
                Of(subject.Denied, null),
                Of(subject.ManyEstablished, floor.ManyEstablished),
                Of(subject.New, floor.New),
                Of(subject.NewInFullTable, floor.NewInFullTable),
                subject.TableBytes == 0 ? "" : Number(subject.TableBytes));
        }

        table.Write(output);
        output.WriteLine(
            $"Subtracted from the columns from '32,768 established' on, for making each packet another connection: {Number(floor.ManyEstablished.Median)}, "
            + $"{Number(floor.New.Median)} and {Number(floor.NewInFullTable.Median)} ns.\n");
        WriteRatios(subjects, floor, output);
    }

    private static void WriteRatios(IReadOnlyList<Subject> subjects, Subject floor, TextWriter output)
    {
        var lru = subjects.Single(s => s.Name.StartsWith("parse + one LRU", StringComparison.Ordinal));
        var table = new MarkdownTable(
            "program", "rules", "established - LRU", "32,768 established - LRU", "new / Cilium-like", "new / both directions", "new, full / Cilium-like", "new, full / both directions");
        foreach (var subject in subjects.Where(s => s.TableBytes > 0))
        {
            var one = Comparison("one conntrack lookup");
            var both = Comparison("both directions");
            table.Add(
                subject.Name,
                Number(subject.Rules),
                Number(subject.Established.Median - lru.Established.Median),
                Number(subject.ManyEstablished.Median - lru.ManyEstablished.Median),
                Ratio(s => s.New, one),
                Ratio(s => s.New, both),
                Ratio(s => s.NewInFullTable, one),
                Ratio(s => s.NewInFullTable, both));

            Subject Comparison(string name) => subjects.Single(s => s.Rules == subject.Rules && s.Name.EndsWith(name, StringComparison.Ordinal));

            string Ratio(Func<Subject, Samples> samples, Subject other) =>
                ((samples(subject).Median - samples(floor).Median) / (samples(other).Median - samples(floor).Median)).ToString("0.00", CultureInfo.InvariantCulture);
        }

        table.Write(output);
    }

    private static string Of(Samples samples, Samples? floor) => samples.IsEmpty
        ? ""
        : $"{Number(samples.Median - (floor?.Median ?? 0))} ({Number(samples.LowerQuartile - (floor?.Median ?? 0))}-{Number(samples.UpperQuartile - (floor?.Median ?? 0))})";

    private static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
