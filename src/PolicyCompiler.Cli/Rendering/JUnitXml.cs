using System.Globalization;
using System.Text;
using System.Xml;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers to assertions as CI servers read them: a suite a file, a case a test.</summary>
internal static class JUnitXml
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <summary>A run that has checked nothing has one case, an error: results of an earlier run must not pass for its own.</summary>
    public static void Write(Stream file, RunRecord run, Terminal terminal)
    {
        using var xml = XmlWriter.Create(file, Settings);
        if (run.Tests is { } report)
        {
            Write(xml, report, terminal);
        }
        else
        {
            WriteError(xml, [.. run.Findings.Where(d => d.Severity != DiagnosticSeverity.Information).OrderByDescending(d => d.Severity == DiagnosticSeverity.Error)]);
        }
    }

    private static void Write(XmlWriter xml, TestReport report, Terminal terminal)
    {
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "policyc");
        WriteCounts(xml, report.Tests);
        foreach (var file in report.Tests.GroupBy(t => t.Suite.Source))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Clean(file.Key.Path));
            WriteCounts(xml, [.. file]);
            foreach (var test in file)
            {
                WriteCase(xml, report, test, terminal);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteError(XmlWriter xml, IReadOnlyList<Diagnostic> reasons)
    {
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "policyc");
        WriteCounts(xml, 1, 0, 1, 0);
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "policyc");
        WriteCounts(xml, 1, 0, 1, 0);
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", "assertions are checked");
        xml.WriteAttributeString("classname", "policyc");
        xml.WriteStartElement("error");
        xml.WriteAttributeString("message", Clean($"no assertion was checked: {reasons.FirstOrDefault()?.Message ?? "the run ended before"}"));
        xml.WriteAttributeString("type", reasons.FirstOrDefault()?.Code ?? "policyc");
        xml.WriteString(Clean(string.Join('\n', reasons)));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyCollection<TestResult> tests) =>
        WriteCounts(xml, tests.Count, tests.Count(t => t.Outcome == AssertionOutcome.Failed), 0, tests.Count(t => t.Outcome == AssertionOutcome.Skipped));

    private static void WriteCounts(XmlWriter xml, int tests, int failures, int errors, int skipped)
    {
        xml.WriteAttributeString("tests", Text(tests));
        xml.WriteAttributeString("failures", Text(failures));
        xml.WriteAttributeString("errors", Text(errors));
        xml.WriteAttributeString("skipped", Text(skipped));
    }

    private static void WriteCase(XmlWriter xml, TestReport report, TestResult test, Terminal terminal)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Clean(test.Test.Name));
        xml.WriteAttributeString("classname", Clean(test.Suite.Source.Path));
        xml.WriteAttributeString("file", Clean(test.Suite.Source.Path));
        xml.WriteAttributeString("line", Text(test.Test.Span.Line));
        xml.WriteAttributeString("assertions", Text(test.Assertions.Length));
        foreach (var result in test.Assertions.Where(a => a.Outcome == AssertionOutcome.Failed))
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Clean(result.Diagnostics[0].Message));
            xml.WriteAttributeString("type", result.Diagnostics[0].Code);
            xml.WriteString(Clean(string.Join('\n', report.LinesOf(result, terminal, plain: true)
                .Prepend($"{test.Suite.Source.Path}:{Text(result.Assertion.Span.Line)}: {result.Assertion.Text}"))));
            xml.WriteEndElement();
        }

        if (test.Outcome == AssertionOutcome.Skipped)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Clean(test.Assertions[0].Diagnostics[0].Message));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What XML has no way to write is marked.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(r => r.Value < 0x20 && r.Value is not (9 or 10 or 13) || r.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : r));
}
