using System.Globalization;
using System.Text;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>Makes text of the input fit for a one-line message.</summary>
internal static class Quote
{
    private const int MaxLength = 80;

    /// <summary>Control characters written as escapes, so that no input can forge lines or drive a terminal; long text cut.</summary>
    public static string Shorten(string text)
    {
        var plain = text.Length <= MaxLength && !text.AsSpan().ContainsAnyInRange('\0', '\u001f')
            && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f') && !text.AsSpan().ContainsAny('\u2028', '\u2029');
        if (plain)
        {
            return text;
        }

        var builder = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029' || char.IsSurrogate(c))
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                builder.Append(c);
            }
        }

        return text.Length > MaxLength ? builder.Append("...").ToString() : builder.ToString();
    }
}
