namespace PolicyCompiler.Core.Diagnostics;

/// <summary>Finds the word that was probably meant.</summary>
public static class Suggestion
{
    private const int MaxLength = 64;

    /// <summary>The nearest of <paramref name="known"/>, or null when none is near; the first of equals.</summary>
    public static string? For(string written, ReadOnlySpan<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(1, Math.Min(3, written.Length / 3)) + 1;
        foreach (var candidate in known)
        {
            var distance = string.Equals(candidate, written, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(written, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The same as the end of a sentence: empty, or <c>; did you mean "from"?</c></summary>
    public static string Clause(string written, ReadOnlySpan<string> known) =>
        For(written, known) is { } word ? $"; did you mean \"{word}\"?" : "";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment distance).</summary>
    public static int Distance(string a, string b)
    {
        if (a.Length > MaxLength || b.Length > MaxLength)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
