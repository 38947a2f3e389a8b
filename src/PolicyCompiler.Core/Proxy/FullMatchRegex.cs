using System.Text;
using System.Text.RegularExpressions;

namespace PolicyCompiler.Core.Proxy;

/// <summary>
/// Regular expressions of policies, which Envoy gives to RE2: the whole text must match, in time linear in the text. What
/// .NET writes differently is translated; what only one of the two understands is taken for invalid and matches nothing.
/// </summary>
public static class FullMatchRegex
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static bool IsValid(string pattern) => Compile(pattern) is not null;

    public static bool Matches(string pattern, string text) => Compile(pattern)?.IsMatch(text) ?? false;

    private static Regex? Compile(string pattern)
    {
        try
        {
            var translated = Translate(pattern);
            // By itself first, lest a stray parenthesis close the group that anchors it.
            _ = new Regex(translated, Options);
            return new Regex($@"\A(?:{translated})\z", Options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest.Length > 1 && rest[0] == '\\')
            {
                text.Append(Escape(rest[1], inClass));
                i++;
            }
            else if (inClass && rest.StartsWith("[:") && Posix(rest) is var (characters, length))
            {
                text.Append(characters);
                i += length - 1;
            }
            else if (inClass && rest[0] == '[')
            {
                // In .NET it could start a subtraction.
                text.Append(@"\[");
            }
            else if (!inClass && rest.StartsWith("(?P<"))
            {
                text.Append("(?<");
                i += 3;
            }
            else
            {
                text.Append(rest[0]);
                if (!inClass && rest[0] == '[')
                {
                    inClass = true;
                    // A bracket that comes first is a member.
                    foreach (var first in "^]")
                    {
                        if (i + 1 < pattern.Length && pattern[i + 1] == first)
                        {
                            text.Append(first);
                            i++;
                        }
                    }
                }
                else if (rest[0] == ']')
                {
                    inClass = false;
                }
            }
        }

        return text.ToString();
    }

    /// <summary>In RE2 these are ASCII; in .NET they are all of Unicode.</summary>
    private static string Escape(char character, bool inClass) => (character, inClass) switch
    {
        ('d', true) => "0-9",
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', true) => "0-9A-Za-z_",
        ('w', false) => "[0-9A-Za-z_]",
        ('W', false) => "[^0-9A-Za-z_]",
        ('s', true) => @"\t\n\f\r ",
        ('s', false) => @"[\t\n\f\r ]",
        ('S', false) => @"[^\t\n\f\r ]",
        _ => $@"\{character}",
    };

    private static (string Characters, int Length)? Posix(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(":]");
        var characters = end < 2 ? null : text[2..end] switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "lower" => "a-z",
            "upper" => "A-Z",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            "space" => @"\t\n\v\f\r ",
            "blank" => @"\t ",
            "punct" => @"!-/:-@\[-`{-~",
            _ => null,
        };
        return characters is null ? null : (characters, end + 2);
    }
}
