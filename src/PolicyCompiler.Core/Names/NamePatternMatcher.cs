using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Names;

/// <summary>
/// Whether a name is in a pattern: the meaning of patterns, written for reading. It shares nothing with
/// <see cref="NameClassBuilder"/>, so that it can judge it.
/// </summary>
public static class NamePatternMatcher
{
    /// <param name="pattern">The pattern.</param>
    /// <param name="name">In any case, with or without the last dot; what is not a DNS name is in no pattern.</param>
    public static bool Matches(NamePattern pattern, string name)
    {
        var normal = DnsName.Normalise(name);
        if (pattern is { IsPattern: true, Text: "*" })
        {
            // A client may ask for the root, and every name is allowed.
            return normal.Length == 0 || DnsName.IsName(normal);
        }

        if (!DnsName.IsName(normal))
        {
            return false;
        }

        return pattern.IsPattern ? LabelsMatch(pattern.Text.Split('.'), normal.Split('.')) : normal == pattern.Text;
    }

    private static bool LabelsMatch(ReadOnlySpan<string> patterns, ReadOnlySpan<string> labels)
    {
        if (patterns.Length > 1 && patterns[0] == "**")
        {
            var more = labels.Length - (patterns.Length - 1);
            return more >= 1 && LabelsMatch(patterns[1..], labels[more..]);
        }

        if (patterns.Length != labels.Length)
        {
            return false;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (!LabelMatches(patterns[i], labels[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The parts between stars must follow each other: the first at the start, the last at the end.</summary>
    private static bool LabelMatches(string pattern, string label)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return label == pattern;
        }

        if (!label.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            // The leftmost place leaves the most room for the parts that follow.
            var found = label.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return label.Length - at >= parts[^1].Length && label.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
