using System.Security.Cryptography;
using System.Text;
using PolicyCompiler.Cli.Rendering.Connectivity;

namespace PolicyCompiler.Cli.Report;

/// <summary>
/// A page in one file: data, scripts and styles are in it, and its content security policy lets it load nothing. Only the
/// scripts that it was written with run, by their hashes.
/// </summary>
internal static class ReportPage
{
    /// <summary>In the order in which they are read; each may use those before it.</summary>
    private static readonly string[] Scripts = ["model.js", "filter.js", "panel.js", "edges.js", "layout.js", "graph.js", "matrix.js", "list.js", "exposure.js", "page.js"];

    public static void Write(ConnectivityView view, Stream output)
    {
        var library = Read("cytoscape.min.js");
        var script = string.Concat(Scripts.Select(Read));
        var (head, tail) = Split(Read("page.html"), "{{body}}");
        var text = new StringBuilder();
        text.Append(head.Replace("{{policy}}", $"script-src {Hash(library)} {Hash(script)}", StringComparison.Ordinal)
            .Replace("{{style}}", Read("page.css"), StringComparison.Ordinal));
        text.Append("<script type=\"application/json\" id=\"data\">");
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        output.Write(new ReportData(view).ToJson());
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
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
