using System.Buffers;

namespace PolicyCompiler.Core.Names;

/// <summary>
/// The names that patterns speak about: one or more labels of <c>a-z 0-9 - _</c>, joined by dots. Where a hyphen may stand
/// and how long a name may be is not checked, because resolvers answer such names and Cilium matches them.
/// </summary>
public static class DnsName
{
    /// <summary>Characters of a label, the most readable first: examples of names are made of them in this order.</summary>
    internal const string LabelCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_-";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(LabelCharacters);

    /// <summary>Lower case and without the dot that a fully qualified name ends with.</summary>
    public static string Normalise(string name)
    {
        var lower = name.ToLowerInvariant();
        return lower.EndsWith('.') ? lower[..^1] : lower;
    }

    /// <summary>Whether a normalised text is a name; the root is none.</summary>
    public static bool IsName(string text) => text.Split('.').All(label => label.Length > 0 && !label.AsSpan().ContainsAnyExcept(Allowed));
}
