using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>
/// Items of <c>domainNames</c>: an exact name, or <c>*.</c> before one for everything below it. The released pattern
/// also lets <c>[ \ ] ^ _ `</c> through at the ends of a label, by an oversight that later versions mend.
/// </summary>
internal static class DomainName
{
    private const string Wildcard = "*.";
    private const int MaxName = 253;
    private const int MaxLabel = 63;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Problem(string text)
    {
        var name = Exact(text);
        if (name.Contains('*'))
        {
            return "\"*\" can stand only at the beginning, for whole labels, as in *.example.com";
        }

        if (name.Length > MaxName)
        {
            return "it has more than 253 characters";
        }

        var labels = 0;
        foreach (var range in name.Split('.'))
        {
            labels++;
            var label = name[range];
            if (label.IsEmpty)
            {
                return name.IsEmpty ? "it is empty" : "it has an empty label";
            }

            if (label.Length > MaxLabel)
            {
                return "one of its labels has more than 63 characters";
            }

            if (!HasLabelSyntax(label))
            {
                return "use letters, digits, \"-\" and \"_\" in a label, and begin and end it with a letter or digit";
            }
        }

        return labels < 2 ? "it needs at least two labels, such as example.com" : null;
    }

    /// <param name="text">Text without a problem.</param>
    /// <param name="span">Where it stands.</param>
    public static NamePattern ToPattern(string text, SourceSpan span)
    {
        var name = Exact(text).ToString().ToLowerInvariant();
        var isPattern = text.StartsWith(Wildcard, StringComparison.Ordinal);
        return new NamePattern(isPattern ? "**." + name : name, isPattern, span);
    }

    private static ReadOnlySpan<char> Exact(string text)
    {
        var name = text.AsSpan();
        name = name.StartsWith(Wildcard) ? name[Wildcard.Length..] : name;
        return name.EndsWith('.') ? name[..^1] : name;
    }

    private static bool HasLabelSyntax(ReadOnlySpan<char> label)
    {
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return char.IsAsciiLetterOrDigit(label[0]) && char.IsAsciiLetterOrDigit(label[^1]);
    }
}
