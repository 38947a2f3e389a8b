using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>Data go to standard output, findings to standard error.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool color, bool verbose, RunRecord? run = null, StageLine? stages = null)
{
    /// <summary>What was reported, for the reports at the end of the run.</summary>
    public RunRecord Run { get; } = run ?? new RunRecord();

    /// <summary>Where long work says what it does.</summary>
    public StageLine Stages { get; } = stages ?? new StageLine(TextWriter.Null, shown: false);

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Standard output for data of any length: the writer above goes to the system with every call.</summary>
    public static Stream OpenOutput() => new BufferedStream(StandardStream.OpenOutput(), 1 << 16);

    public bool Verbose { get; } = verbose;

    /// <summary>The process's own streams; colors only on a terminal, and never against NO_COLOR.</summary>
    /// <param name="noColor">No colors even on a terminal.</param>
    /// <param name="verbose">Source lines, the verifier's log.</param>
    /// <param name="format">With SARIF the log is all that standard output gets, so what commands write there is dropped.</param>
    /// <param name="run">Where findings are kept.</param>
    public static Terminal OfProcess(bool noColor, bool verbose, OutputFormat format, RunRecord run) => new(
        format == OutputFormat.Sarif ? TextWriter.Null : Console.Out,
        Console.Error,
        !noColor && !Console.IsOutputRedirected && !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        verbose,
        run,
        StageLine.OfProcess());

    /// <summary>The same with its data elsewhere.</summary>
    public Terminal To(TextWriter other, bool plain = false) => new(other, Error, color && !plain, Verbose);

    public string Good(string text) => Paint("32", text);

    public string Bad(string text) => Paint("31;1", text);

    public string Warn(string text) => Paint("33", text);

    public string Faint(string text) => Paint("2", text);

    public string Strong(string text) => Paint("1", text);

    /// <summary>Each finding on its canonical line; on a terminal or with -v the source line below it.</summary>
    public void Report(IEnumerable<Diagnostic> diagnostics)
    {
        Stages.Clear();
        foreach (var diagnostic in diagnostics)
        {
            Run.Findings.Add(diagnostic);
            var line = diagnostic.ToString();
            Error.WriteLine(diagnostic.Severity switch
            {
                DiagnosticSeverity.Error => Bad(line),
                DiagnosticSeverity.Warning => Warn(line),
                _ => Faint(line),
            });
            if ((color || Verbose) && diagnostic.Span.IsKnown && diagnostic.Severity != DiagnosticSeverity.Information)
            {
                WriteSnippet(diagnostic.Span);
            }

            foreach (var note in diagnostic.Notes)
            {
                Error.WriteLine($"  {note}");
            }
        }
    }

    private void WriteSnippet(SourceSpan span)
    {
        var line = span.Source!.Line(span.Line);
        if (line.Length is 0 or > 200)
        {
            return;
        }

        var margin = new string(' ', $"{span.Line}".Length);
        var from = Math.Clamp(span.Column - 1, 0, line.Length);
        var length = Math.Clamp(span.Length, 1, Math.Max(1, line.Length - from));
        Error.WriteLine(Faint($"  {span.Line} | ") + line.Replace('\t', ' '));
        Error.WriteLine(Faint($"  {margin} | ") + new string(' ', from) + Bad(new string('^', length)));
    }

    private string Paint(string code, string text) => color ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
