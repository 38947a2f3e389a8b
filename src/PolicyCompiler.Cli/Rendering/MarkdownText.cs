using System.Text;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>Texts of policies and paths as Markdown that shows exactly those texts, in a table cell too.</summary>
internal static class MarkdownText
{
    // The others mean something only at the start of a line, which a cell never is: paths and addresses stay readable.
    private const string Special = "\\`*_[]|~$";

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\r' => escaped,
                '\n' => escaped.Append("<br>"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                _ when char.IsControl(character) => escaped.Append(' '),
                _ when Special.Contains(character, StringComparison.Ordinal) => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }
}
