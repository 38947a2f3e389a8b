using System.Collections.Immutable;
using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using PolicyCompiler.Assertions.Generated;

namespace PolicyCompiler.Assertions.Syntax;

/// <summary>The grammar's tokens by what they are for.</summary>
internal static class FlowWords
{
    private static readonly ImmutableDictionary<string, int> Literals = Enumerable.Range(1, FlowLexer.OTHER)
        .Where(t => FlowLexer.DefaultVocabulary.GetLiteralName(t) is not null)
        .ToImmutableDictionary(t => FlowLexer.DefaultVocabulary.GetLiteralName(t).Trim('\''), t => t, StringComparer.Ordinal);

    public static int Open { get; } = Literals["("];

    public static int Close { get; } = Literals[")"];

    public static int OpenBody { get; } = Literals["{"];

    public static int CloseBody { get; } = Literals["}"];

    /// <summary>What a statement of a file starts with.</summary>
    public static ImmutableArray<int> Statements { get; } = [Literals["let"], Literals["test"]];

    /// <summary>What an assertion starts with.</summary>
    public static ImmutableArray<int> Assertions { get; } = [Literals["allow"], Literals["deny"], Literals["only"]];

    /// <summary>All words of the grammar.</summary>
    public static ImmutableArray<string> Keywords { get; } = [.. Literals.Keys.Where(k => char.IsAsciiLetter(k[0])).Order(StringComparer.Ordinal)];

    /// <summary>What may stand there, for a message.</summary>
    public static IEnumerable<string> Describe(IntervalSet types)
    {
        // Where a name may stand every keyword may; 'let' stands for them, as it may stand nowhere else among names.
        var isName = types.Contains(FlowLexer.WORD) && types.Contains(Statements[0]);
        foreach (var type in types.ToArray())
        {
            var literal = type > 0 ? FlowLexer.DefaultVocabulary.GetLiteralName(type) : null;
            if (literal is not null && !(isName && char.IsAsciiLetter(literal[1])))
            {
                yield return literal;
            }
            else if (literal is null && Describe(type, isName) is { } words)
            {
                yield return words;
            }
        }
    }

    private static string? Describe(int type, bool isName) => type switch
    {
        FlowLexer.WORD => isName ? "a name" : "a variable",
        FlowLexer.NUMBER => isName ? null : "a number",
        FlowLexer.RANGE => isName ? null : "a range",
        FlowLexer.STRING => "a text in quotes",
        FlowLexer.NEWLINE => "the end of the line",
        TokenConstants.EOF => "the end of the file",
        _ => null,
    };
}
