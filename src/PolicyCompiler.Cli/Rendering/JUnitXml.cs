using System.Globalization;
using System.Text;
using System.Xml;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Outputs;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers of <c>policyc test</c> as CI servers read them: a suite a file, a case a test.</summary>
internal static class JUnitXml
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <returns>Why it could not be written; null when it was. The file is never half written.</returns>
    public static Diagnostic? WriteTo(string path, TestReport report, Terminal terminal)
    {
        try
        {
            WholeFile.Write(path, file =>
            {
                using var xml = XmlWriter.Create(file, Settings);
                Write(xml, report, terminal);
            });
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CliDiagnostics.ReportNotWritten.At(SourceSpan.None, path, e.Message);
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

    private static void WriteCounts(XmlWriter xml, IReadOnlyCollection<TestResult> tests)
    {
        xml.WriteAttributeString("tests", Text(tests.Count));
        xml.WriteAttributeString("failures", Text(tests.Count(t => t.Outcome == AssertionOutcome.Failed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Text(tests.Count(t => t.Outcome == AssertionOutcome.Skipped)));
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
