using System.CommandLine;
using PolicyCompiler.Cli.Rendering;

namespace PolicyCompiler.Cli.Commands;

/// <summary>Options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string> Format { get; } = OneOf("--format", "Format of the data on standard output: text, json, or sarif for the findings alone; csv and dot for connectivity, html and markdown for it and for diff, tap for test.", "text", "text", "json", "sarif", "csv", "tap", "markdown", "dot", "html");

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colors, as with NO_COLOR set.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Also the verifier's log, source lines, and where an internal error happened.", Recursive = true };

    public Option<string?> Sarif { get; } = new("--sarif") { Description = "Also write the findings to this file, as SARIF 2.1.0.", HelpName = "FILE", Recursive = true };

    public Option<string?> Summary { get; } = new("--summary") { Description = "Also append a summary in Markdown to this file.", HelpName = "FILE", Recursive = true };

    public Option<string?> CodeQuality { get; } = new("--code-quality") { Description = "Also write the findings to this file, as GitLab's Code Quality report.", HelpName = "FILE", Recursive = true };

    public Option<bool> GitHub { get; } = new("--github") { Description = "Also write the findings as GitHub annotations; on by itself for test where GitHub Actions runs.", Recursive = true };

    /// <summary>Of the commands that check assertions alone.</summary>
    public Option<string?> JUnit { get; } = new("--junit") { Description = "Also write the results of the assertions as JUnit XML.", HelpName = "FILE" };

    /// <summary>What this run has reported so far.</summary>
    public RunRecord Run { get; } = new();

    public IReadOnlyList<Option> All => [Format, NoColor, Verbose, Sarif, CodeQuality, Summary, GitHub];

    /// <summary>True once a command has asked for the terminal.</summary>
    public bool HasRun { get; private set; }

    public static Option<string> OneOf(string name, string description, string fallback, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => fallback, HelpName = string.Join('|', values), Recursive = name == "--format" };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    /// <summary>The format is one option of all commands, wherever it stands; this takes one of its values from a command.</summary>
    public void Refuse(Command command, string format) => command.Validators.Add(result =>
    {
        if (result.GetResult(Format) is { Tokens: [var word, ..] } && word.Value == format)
        {
            result.AddError($"'{command.Name}' has no format '{format}'");
        }
    });

    /// <summary>The reports that were asked for.</summary>
    public RunReports ReportsOf(ParseResult result) =>
        new(FormatOf(result), result.GetValue(Sarif), result.GetValue(CodeQuality), result.GetValue(Summary), result.GetValue(JUnit), result.GetValue(GitHub));

    /// <summary>The same for words that are no command line.</summary>
    public RunReports ReportsOf(CommandWords words) => new(
        words.ValueOf(Format.Name) switch { "json" => OutputFormat.Json, "sarif" => OutputFormat.Sarif, _ => OutputFormat.Text },
        words.ValueOf(Sarif.Name), words.ValueOf(CodeQuality.Name), words.ValueOf(Summary.Name), words.ValueOf(JUnit.Name), words.Has(GitHub.Name));

    public OutputFormat FormatOf(ParseResult result) => result.GetValue(Format) switch
    {
        "json" => OutputFormat.Json,
        "csv" => OutputFormat.Csv,
        "sarif" => OutputFormat.Sarif,
        "tap" => OutputFormat.Tap,
        "markdown" => OutputFormat.Markdown,
        "dot" => OutputFormat.Dot,
        "html" => OutputFormat.Html,
        _ => OutputFormat.Text,
    };

    public Terminal TerminalOf(ParseResult result)
    {
        HasRun = true;
        return Terminal.OfProcess(result.GetValue(NoColor), result.GetValue(Verbose), FormatOf(result), Run);
    }
}
