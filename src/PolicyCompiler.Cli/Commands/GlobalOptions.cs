using System.CommandLine;
using PolicyCompiler.Cli.Rendering;

namespace PolicyCompiler.Cli.Commands;

/// <summary>Options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string> Format { get; } = OneOf("--format", "Format of the data on standard output: text or json; csv, markdown, dot and html for connectivity.", "text", "text", "json", "csv", "markdown", "dot", "html");

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colors, as with NO_COLOR set.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Also the verifier's log, source lines, and where an internal error happened.", Recursive = true };

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

    public OutputFormat FormatOf(ParseResult result) => result.GetValue(Format) switch
    {
        "json" => OutputFormat.Json,
        "csv" => OutputFormat.Csv,
        "markdown" => OutputFormat.Markdown,
        "dot" => OutputFormat.Dot,
        "html" => OutputFormat.Html,
        _ => OutputFormat.Text,
    };

    public Terminal TerminalOf(ParseResult result) => Terminal.OfProcess(result.GetValue(NoColor), result.GetValue(Verbose));
}
