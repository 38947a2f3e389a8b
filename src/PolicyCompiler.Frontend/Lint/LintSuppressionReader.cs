using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Lint;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace PolicyCompiler.Frontend.Lint;

/// <summary>
/// The comments <c># policyc:ignore CODE, ... because REASON</c> of a text. The YAML scanner says what is a comment, so that a
/// string with a <c>#</c> is none.
/// </summary>
public static partial class LintSuppressionReader
{
    private const string Mark = "policyc:ignore";

    /// <summary>In the order of the text; none for a text that is no YAML, whose errors are reported elsewhere.</summary>
    public static ImmutableArray<LintSuppression> Read(SourceText source)
    {
        if (!source.Text.Contains(Mark, StringComparison.Ordinal))
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<LintSuppression>();
        var scanner = new Scanner(new StringReader(source.Text), skipComments: false);
        try
        {
            while (scanner.MoveNext())
            {
                if (scanner.Current is Comment comment && comment.Value.Trim() is var text && text.StartsWith(Mark, StringComparison.Ordinal))
                {
                    found.Add(Parse(source, (int)comment.Start.Line));
                }
            }
        }
        catch (YamlException)
        {
            // What is suppressed behind the error is reported, which is the safe side.
        }

        return found.ToImmutable();
    }

    private static LintSuppression Parse(SourceText source, int line)
    {
        var text = source.Line(line);
        var start = text.LastIndexOf(Mark, StringComparison.Ordinal);
        var hash = text.LastIndexOf('#', start);
        var (codes, reason) = Parts().Match(text, start + Mark.Length) is { Success: true } match
            ? (match.Groups["codes"], match.Groups["reason"].Value.Trim())
            : (null, "");
        return new LintSuppression(
            codes is null ? [] : [.. Code().Matches(codes.Value).Select(c => (c.Value, new SourceSpan(source, line, codes.Index + c.Index + 1, c.Length)))],
            reason,
            string.IsNullOrWhiteSpace(text[..hash]) ? NextWithContent(source, line) : line,
            new SourceSpan(source, line, hash + 1, text.Length - hash));
    }

    /// <summary>Comments above each other are all for the line below them.</summary>
    private static int NextWithContent(SourceText source, int line)
    {
        do
        {
            line++;
        }
        while (source.Line(line).TrimStart().StartsWith('#'));
        return line;
    }

    [GeneratedRegex(@"\G[ \t]+(?<codes>[^ \t,]+(?:[ \t]*,[ \t]*[^ \t,]+)*)[ \t]+because[ \t]+(?<reason>\S.*)$")]
    private static partial Regex Parts();

    [GeneratedRegex(@"[^ \t,]+")]
    private static partial Regex Code();
}
