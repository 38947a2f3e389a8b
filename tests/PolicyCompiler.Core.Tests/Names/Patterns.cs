using System.Collections.Immutable;
using CsCheck;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tests.Names;

/// <summary>Patterns as tests write them, and random ones over an alphabet so small that they overlap.</summary>
internal static class Patterns
{
    public static readonly Gen<string> Name = Gen.OneOf("a", "b", "ab", "ba", "aab", "a-b", "-", "z", "_").Array[1, 4].Select(labels => string.Join('.', labels));

    private static readonly Gen<string> PatternLabel = Gen.OneOf("*", "a", "b", "a*", "*b", "*a*", "a*b", "ab", "**", "*-*");

    public static readonly Gen<NamePattern> Any = Gen.Frequency(
        (1, Gen.Const(Pattern("*"))),
        (4, PatternLabel.Array[1, 3].Select(labels => Pattern(string.Join('.', labels)))),
        (2, PatternLabel.Array[1, 2].Select(labels => Pattern("**." + string.Join('.', labels)))),
        (2, Name.Select(Exact)));

    public static readonly Gen<ImmutableArray<NamePattern>> Distinct = Any.Array[1, 5].Select(patterns => patterns.Distinct().ToImmutableArray());

    public static NamePattern Pattern(string text) => new(text, true, SourceSpan.None);

    public static NamePattern Exact(string text) => new(text, false, SourceSpan.None);
}
