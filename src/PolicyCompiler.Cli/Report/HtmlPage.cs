using System.Security.Cryptography;
using System.Text;

namespace PolicyCompiler.Cli.Report;

/// <summary>
/// A page in one file: data, scripts and styles are in it, and its content security policy lets it load nothing. Only the
/// scripts that it was written with run, by their hashes.
/// </summary>
/// <param name="Title">Of the window, until the scripts know more; no markup.</param>
/// <param name="Content">The resource with what is between the head and the data.</param>
/// <param name="Styles">Resources, in the order in which they are read.</param>
/// <param name="Scripts">The same; each may use those before it.</param>
internal sealed record HtmlPage(string Title, string Content, string[] Styles, string[] Scripts)
{
    /// <param name="output">Where to.</param>
    /// <param name="data">JSON with nothing in it that could end the script element around it.</param>
    public void Write(Stream output, byte[] data)
    {
        var library = Read("cytoscape.min.js");
        var script = string.Concat(Scripts.Select(Read));
        var (head, tail) = Split(Read("page.html"), "{{body}}");
        var text = new StringBuilder();
        text.Append(head.Replace("{{policy}}", $"script-src {Hash(library)} {Hash(script)}", StringComparison.Ordinal)
            .Replace("{{title}}", Title, StringComparison.Ordinal)
            .Replace("{{content}}", Read(Content), StringComparison.Ordinal)
            .Replace("{{style}}", string.Concat(Styles.Select(Read)), StringComparison.Ordinal));
        text.Append("<script type=\"application/json\" id=\"data\">");
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        output.Write(data);
        output.Write(Encoding.UTF8.GetBytes($"</script>\n<script>{library}</script>\n<script>{script}</script>\n{tail}"));
    }

    private static (string Head, string Tail) Split(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return (text[..at], text[(at + mark.Length)..].TrimStart('\n'));
    }

    private static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    private static string Read(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
