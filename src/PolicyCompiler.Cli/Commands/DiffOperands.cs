using System.Collections.Immutable;
using PolicyCompiler.Cli.Report;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Comparison;
using PolicyCompiler.Pipeline.Git;

namespace PolicyCompiler.Cli.Commands;

/// <summary>
/// What the arguments of <c>policyc diff</c> name: <c>OLD NEW</c>, each a path, a bundle or <c>REVISION:PATH</c>;
/// <c>A..B -- PATHS</c>, <c>A...B -- PATHS</c> or <c>A B -- PATHS</c>, two revisions; <c>A -- PATHS</c>, a revision and the
/// working tree.
/// </summary>
internal static class DiffOperands
{
    private const string Forms = "write OLD NEW (paths, bundles, REVISION:PATH), or revisions with paths after '--': A..B -- PATH, A B -- PATH, A -- PATH";
    private const string Head = "HEAD";
    private const string Left = "...";

    /// <summary>Why the arguments name no two sides; null: they do.</summary>
    /// <param name="operands">Before <c>--</c>.</param>
    /// <param name="paths">After it; null: there is none.</param>
    public static string? Check(string[] operands, string[]? paths)
    {
        if (operands.FirstOrDefault(o => o.Length > 1 && o[0] == '-') is { } option)
        {
            return $"'{option}' is no option of this command";
        }

        if (operands.Length == 0)
        {
            return $"no revision stands before '--'; {Forms}";
        }

        if (paths is { Length: 0 })
        {
            return $"no path follows '--'; {Forms}";
        }

        var count = paths is null && IsRange(operands[0]) ? 1 : operands.Length;
        return count > 2 || (count == 1 && paths is null && !IsRange(operands[0])) ? $"that names no two sides; {Forms}"
            : operands is ["-", "-"] ? "standard input can be one side only"
            : null;
    }

    public static Stage<Tuple<ComparedInput, ComparedInput>> Resolve(string[] operands, string[]? paths, string directory)
    {
        if (paths is null && !IsRange(operands[0]))
        {
            return Sides(Input(operands[0]), Input(operands[1]));
        }

        paths ??= operands.Length > 1 ? operands[1..] : ["."];
        if (operands.Length == 2 && !IsRange(operands[0]))
        {
            return Sides(new ComparedInput.Revision(operands[0], [.. paths]), new ComparedInput.Revision(operands[1], [.. paths]));
        }

        if (!IsRange(operands[0]))
        {
            return Sides(new ComparedInput.Revision(operands[0], [.. paths]), new ComparedInput.Files([.. paths]));
        }

        var dots = operands[0].Contains(Left, StringComparison.Ordinal) ? Left : "..";
        var at = operands[0].IndexOf(dots, StringComparison.Ordinal);
        var (old, @new) = (OrHead(operands[0][..at]), OrHead(operands[0][(at + dots.Length)..]));
        if (dots == Left)
        {
            var common = new GitRevisionReader(directory).MergeBase(old, @new);
            if (common.Value is null)
            {
                return Stage.Of<Tuple<ComparedInput, ComparedInput>>(null, common.Diagnostics);
            }

            old = common.Value;
        }

        return Sides(new ComparedInput.Revision(old, [.. paths]), new ComparedInput.Revision(@new, [.. paths]));
    }

    /// <summary>
    /// The old side alone, for a compile: a revision of its paths, <c>REVISION...</c> for where the current one has left it,
    /// or what an operand can be; several are paths of one state.
    /// </summary>
    /// <param name="operands">Not empty.</param>
    /// <param name="paths">What is compiled.</param>
    /// <param name="directory">Whose git repository revisions are of.</param>
    public static Stage<ComparedInput> ResolveOld(IReadOnlyList<string> operands, IReadOnlyList<string> paths, string directory)
    {
        var inputs = new List<ComparedInput>();
        foreach (var operand in operands)
        {
            var input = Path.Exists(operand) || operand.Contains(':', StringComparison.Ordinal) ? Input(operand) : new ComparedInput.Revision(operand, [.. paths]);
            if (input is ComparedInput.Revision revision && revision.Name.EndsWith(Left, StringComparison.Ordinal))
            {
                var common = new GitRevisionReader(directory).MergeBase(OrHead(revision.Name[..^Left.Length]), Head);
                if (common.Value is null)
                {
                    return Stage.Of<ComparedInput>(null, common.Diagnostics);
                }

                input = revision with { Name = common.Value };
            }

            inputs.Add(input);
        }

        return inputs switch
        {
            [var only] => Stage.Of(only),
            _ when inputs.OfType<ComparedInput.Files>().ToList() is var files && files.Count == inputs.Count =>
                Stage.Of<ComparedInput>(new ComparedInput.Files([.. files.SelectMany(f => f.Paths)])),
            _ when inputs.OfType<ComparedInput.Revision>().ToList() is var revisions && revisions.Count == inputs.Count && revisions.DistinctBy(r => r.Name).Count() == 1 =>
                Stage.Of<ComparedInput>(new ComparedInput.Revision(revisions[0].Name, [.. revisions.SelectMany(r => r.Paths)])),
            _ => Stage.Of<ComparedInput>(null, [CliDiagnostics.Usage.At(SourceSpan.None, "--against names one state: paths, paths of one revision, or one bundle")]),
        };
    }

    /// <summary>Both sides for people; a revision is told with its paths where its name alone would not tell it from the other.</summary>
    public static ImmutableArray<NamedSide> Names(ComparisonRequest request) =>
        [Name(request.Old, request.New, request), Name(request.New, request.Old, request)];

    private static NamedSide Name(ComparedInput side, ComparedInput other, ComparisonRequest request) => new(
        side is ComparedInput.Revision revision && revision.Name == other.ToString() ? $"{revision.Name}:{string.Join(' ', revision.Paths)}" : $"{side}",
        ExplainHint.Of(side, request));

    /// <summary>A path may have dots too, and what exists is a path.</summary>
    private static bool IsRange(string operand) =>
        operand.Contains("..", StringComparison.Ordinal) && !operand.Contains("../", StringComparison.Ordinal) && operand != ".." && !Path.Exists(operand);

    private static ComparedInput Input(string operand)
    {
        var colon = operand.IndexOf(':', StringComparison.Ordinal);
        return BundleReader.IsBundle(operand) ? new ComparedInput.Bundle(operand)
            : colon > 0 && !Path.Exists(operand) ? new ComparedInput.Revision(operand[..colon], [colon + 1 < operand.Length ? operand[(colon + 1)..] : "."])
            : new ComparedInput.Files([operand]);
    }

    private static string OrHead(string revision) => revision.Length == 0 ? Head : revision;

    private static Stage<Tuple<ComparedInput, ComparedInput>> Sides(ComparedInput old, ComparedInput @new) => Stage.Of(Tuple.Create(old, @new));
}
