using System.Text.RegularExpressions;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Names;

/// <summary>Patterns for proxies that know regular expressions only, in the syntax that RE2 and .NET share.</summary>
public static class NamePatternRegex
{
    /// <summary>One or more whole labels.</summary>
    private const string Labels = @"[-a-z0-9_]+(?:\.[-a-z0-9_]+)*";

    /// <summary>Every name but the root, which no TLS client can ask for.</summary>
    public const string AnyName = $"^{Labels}$";

    /// <summary>An anchored expression over names in lower case without the last dot.</summary>
    public static string Of(NamePattern pattern)
    {
        if (!pattern.IsPattern)
        {
            return $"^{Regex.Escape(pattern.Text)}$";
        }

        if (pattern.Text == "*")
        {
            return $"^(?:{Labels})?$";
        }

        var labels = pattern.Text.Split('.');
        var subdomains = labels.Length > 1 && labels[0] == "**";
        return $"^{string.Join(@"\.", labels.Select((label, i) => i == 0 && subdomains ? Labels : OfLabel(label)))}$";
    }

    /// <summary>A label of stars alone is not empty, as no label is.</summary>
    private static string OfLabel(string label) =>
        label.Trim('*').Length == 0 ? "[-a-z0-9_]+" : string.Join("[-a-z0-9_]*", label.Split('*').Select(Regex.Escape));
}
