using System.Globalization;
using System.Text;

namespace PolicyCompiler.Core.Diagnostics;

/// <summary>Makes text of the input fit for a one-line message.</summary>
public static class Quote
{
    private const int MaxLength = 80;

    /// <summary>
    /// Control characters and halves of surrogate pairs written as escapes, so that no input can forge lines or drive a
    /// terminal; long text cut.
    /// </summary>
    public static string Shorten(string text)
    {
        if (text.Length <= MaxLength && !text.Any(IsUnfit))
        {
            return text;
        }

        var builder = new StringBuilder();
        var length = Math.Min(text.Length, MaxLength);
        for (var i = 0; i < length; i++)
        {
            if (i + 1 < length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                builder.Append(text, i++, 2);
            }
            else if (IsUnfit(text[i]))
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                builder.Append(text[i]);
            }
        }

        return text.Length > MaxLength ? builder.Append("...").ToString() : builder.ToString();
    }

    private static bool IsUnfit(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' || char.IsSurrogate(c);
}
