using System.CommandLine;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Cli.Commands;

/// <summary>Options of the commands that compare with an earlier state.</summary>
internal sealed class DifferenceOptions
{
    public Option<string[]> With { get; } = new("--with")
    {
        Description = "A file or directory that both sides have besides, such as the cluster's workloads.",
        HelpName = "PATH",
    };

    public Option<string[]> FailOn { get; } = new("--fail-on")
    {
        Description = "End with 1 if there are differences of this kind; may be given more than once.",
        HelpName = $"{string.Join('|', Enum.GetValues<ChangeKind>().Select(k => k.Word()))}|{DiffGate.Any}",
    };

    public Option<string?> Allow { get; } = new("--allow") { Description = "A list of flows whose differences are tolerated.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        FailOn.AcceptOnlyFromAmong([.. Enum.GetValues<ChangeKind>().Select(k => k.Word()), DiffGate.Any]);
        foreach (var option in new Option[] { With, FailOn, Allow })
        {
            command.Add(option);
        }
    }

    public string[] WithOf(ParseResult result) => result.GetValue(With) ?? [];

    public string[] FailOnOf(ParseResult result) => result.GetValue(FailOn) ?? [];

    /// <summary>The list that was named; empty when none was.</summary>
    public Stage<AllowList> ReadAllowList(ParseResult result)
    {
        if (result.GetValue(Allow) is not { } file)
        {
            return Stage.Of(AllowList.Empty);
        }

        var texts = InputFileReader.Read([file], Stream.Null);
        return texts.Value is [var text] ? AllowListReader.Read(text) : Stage.Of<AllowList>(null, texts.Diagnostics);
    }
}
