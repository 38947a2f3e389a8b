namespace PolicyCompiler.Frontend.Objects;

/// <summary>
/// Syntax of names, as the API server checks it (apimachinery: util/validation). Each check gives null when the text
/// is right, or what is wrong with it where one sentence for all causes would not help.
/// </summary>
internal static class KubernetesNames
{
    public const int MaxSubdomain = 253;
    public const int MaxLabel = 63;
    public const int MaxPortName = 15;

    public static bool IsDnsLabel(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLabel && IsLowerPart(text);

    public static bool IsDnsSubdomain(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxSubdomain)
        {
            return false;
        }

        foreach (var range in text.Split('.'))
        {
            if (!IsLowerPart(text[range]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsLabelValue(ReadOnlySpan<char> text) =>
        text.IsEmpty || (text.Length <= MaxLabel && IsLabelPart(text));

    public static string? LabelKeyProblem(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key.AsSpan(slash + 1);
        if (slash >= 0 && !IsDnsSubdomain(key.AsSpan(0, slash)))
        {
            return "what stands before \"/\" must be a DNS subdomain: at most 253 lower-case letters, digits, \"-\" and \".\"";
        }

        return name switch
        {
            { IsEmpty: true } => "it has no name",
            { Length: > MaxLabel } => "its name has more than 63 characters",
            _ when !IsLabelPart(name) => "use letters, digits, \"-\", \"_\" and \".\", and begin and end with a letter or digit",
            _ => null,
        };
    }

    /// <summary>RFC 6335, 5.1 (IANA service names), in lower case as Kubernetes demands.</summary>
    public static string? PortNameProblem(string name)
    {
        var text = name.AsSpan();
        if (text.Length is 0 or > MaxPortName)
        {
            return "it must have 1 to 15 characters";
        }

        if (!text.ContainsAnyExceptInRange('0', '9'))
        {
            return "a name needs a letter; for a port number leave out the quotes";
        }

        if (!text.ContainsAnyInRange('a', 'z') || !IsLowerPart(text))
        {
            return "use lower-case letters, digits and \"-\", at least one letter, and begin and end with a letter or digit";
        }

        return text.Contains("--", StringComparison.Ordinal) ? "it has two \"-\" in a row" : null;
    }

    private static bool IsLowerPart(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return text.Length > 0 && text[0] != '-' && text[^1] != '-';
    }

    private static bool IsLabelPart(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
    }
}
