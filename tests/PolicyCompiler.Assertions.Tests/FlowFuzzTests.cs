using CsCheck;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Assertions.Tests;

/// <summary>Texts with words and characters lost, moved and mixed end with findings at places in the text, never with an exception.</summary>
public sealed class FlowFuzzTests
{
    private const int Rounds = 1_500;

    private static readonly string[] Texts =
        [.. new[] { "grammar", "policies" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.flow", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly string[] Words =
        [.. Texts.SelectMany(t => t.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal), "\n", "\r\n", "\"", "\\", "(", ")", "{", "}", "#", "\0", "\uD83D\uDE00", "\uD83D", "::", "1-", "-1", "é"];

    private static readonly Gen<(int Kind, int Place, int Length, string Word)> Change =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 99_999], Gen.Int[1, 30], Gen.OneOf(Words), (kind, place, length, word) => (kind, place, length, word));

    [Fact]
    public void Mutated_texts_never_throw()
    {
        var clean = 0;
        Gen.Select(Gen.OneOf(Texts), Change.Array[1, 4]).Sample(
            (text, changes) =>
            {
                if (IsClean(changes.Aggregate(text, Apply)))
                {
                    Interlocked.Increment(ref clean);
                }
            },
            seed: "0000000000000",
            iter: Rounds);
        Assert.True(clean > Rounds / 50, $"{clean} of {Rounds} texts had no finding");
    }

    [Fact]
    public void Random_words_never_throw() => Gen.OneOf(Words).Array[0, 60].Sample(words => { _ = IsClean(string.Join(' ', words)); }, iter: Rounds);

    private static bool IsClean(string text)
    {
        var read = Reading.Read(text);
        var lines = text.Split('\n');
        Assert.All(read.Diagnostics, d =>
        {
            Assert.InRange(d.Span.Line, 1, lines.Length);
            Assert.InRange(d.Span.Column, 1, lines[d.Span.Line - 1].Length + 1);
            Assert.DoesNotContain(d.Message, c => char.IsControl(c) || char.IsSurrogate(c));
        });
        return read.Diagnostics.IsEmpty;
    }

    private static string Apply(string text, (int Kind, int Place, int Length, string Word) change)
    {
        var at = change.Place % (text.Length + 1);
        var end = Math.Min(text.Length, at + change.Length);
        return change.Kind switch
        {
            0 => text[..at] + text[end..],
            1 => text[..end] + text[at..],
            2 => text[..at] + change.Word + text[at..],
            3 => $"{text[..at]} {change.Word} {text[end..]}",
            _ => text[..at],
        };
    }
}
