using System.Diagnostics;
using System.Text;
using CsCheck;

namespace PolicyCompiler.Frontend.Tests;

public sealed class HostileInputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Good and bad texts to mutate: every case of the tables.</summary>
    private static readonly string[] Seeds = [.. PolicyFindingCases.All.Concat(AdminFindingCases.All).Concat(ObjectFindingCases.All).Select(c => c.Text)];

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Deep_nesting_ends_quickly(string opening) =>
        AssertEndsWith("NP1004", string.Concat(Enumerable.Repeat(opening, 100_000)));

    [Fact]
    public void Alias_bomb_ends_quickly()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        AssertEndsWith("NP1003", text.ToString());
    }

    [Fact]
    public void Merge_bomb_ends_quickly()
    {
        var text = new StringBuilder("base: &m\n");
        for (var i = 0; i < 2_000; i++)
        {
            text.Append($"  k{i}: v\n");
        }

        for (var i = 0; i < 2_000; i++)
        {
            text.Append($"m{i}: {{<<: *m}}\n");
        }

        AssertEndsWith("NP1003", text.ToString());
    }

    [Fact]
    public void Document_count_is_limited() => AssertEndsWith("NP1005", string.Concat(Enumerable.Repeat("---\n", 100_002)));

    [Fact]
    public void File_size_is_limited() => AssertEndsWith("NP0101", new string('#', (64 * 1024 * 1024) + 1));

    [Fact]
    public void Synthetic_addresses_are_limited()
    {
        var items = string.Join(",", Enumerable.Range(0, 131_072).Select(i => $"{{metadata: {{name: p{i}}}}}"));
        AssertEndsWith("NP1159", $"{{apiVersion: v1, kind: PodList, items: [{items}]}}");
    }

    [Fact]
    public void Many_syntax_errors_end_quickly() => AssertEndsWith("NP1001", string.Concat(Enumerable.Repeat("---\n@\n", 50_000)));

    [Fact]
    public void Mutated_inputs_never_throw() =>
        Gen.Select(Gen.Int[0, Seeds.Length - 1], Gen.Int[0, 100_000], Gen.Int[0, 6], Gen.Char.AlphaNumeric, Gen.Int[0, Fragments.Length - 1])
            .Sample((seed, place, kind, letter, fragment) => Reading.Read(Mutate(Seeds[seed], place, kind, letter, Fragments[fragment])).Value is not null, iter: 5_000);

    [Fact]
    public void Random_text_never_throws() =>
        Gen.Int[0, Fragments.Length - 1].Array[0, 40].Sample(parts => Reading.Read(string.Concat(parts.Select(i => Fragments[i]))).Value is not null, iter: 5_000);

    private static readonly string[] Fragments =
    [
        "\n", "\r\n", "\r", "\t", " ", "  ", "- ", "? ", ": ", ":", "[", "]", "{", "}", ",", "&a ", "*a", "<<: ", "|\n", ">-\n ", "'", "\"", "\\", "\"\\u", "\"\\x4",
        "%YAML 1.2\n", "%TAG ! x\n", "---\n", "...\n", "!!str ", "!<", "!!binary ", "#", "@", "`", "\0", "\u0085", "\u2028", "\ufeff", "\ud800", "\U0001F600",
        "null", "~", "1", "0x", "1e999", "apiVersion: v1\n", "kind: Pod\n", "metadata: {name: a}\n", "items:\n",
    ];

    private static string Mutate(string text, int place, int kind, char letter, string fragment)
    {
        var at = place % text.Length;
        return kind switch
        {
            0 => text[..at],
            1 => text.Remove(at, 1),
            2 => text.Insert(at, letter.ToString()),
            3 => text.Insert(at, fragment),
            4 => text[..at] + fragment + text[(at + 1)..],
            5 => text[at..] + text[..at],
            _ => text[..at] + text,
        };
    }

    private static void AssertEndsWith(string code, string text)
    {
        var watch = Stopwatch.StartNew();
        Assert.Contains(Reading.Read(text).Diagnostics, d => d.Code == code);
        Assert.True(watch.Elapsed < Patience, $"took {watch.Elapsed}");
    }
}
