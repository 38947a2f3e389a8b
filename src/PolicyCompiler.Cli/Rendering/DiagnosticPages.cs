using System.Text;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The pages of docs/diagnostics, which are built in: what they say holds for this very version.</summary>
internal static class DiagnosticPages
{
    /// <summary>The page of a code in Markdown, without its heading.</summary>
    public static string? TextOf(string code)
    {
        using var stream = typeof(DiagnosticPages).Assembly.GetManifestResourceStream($"docs/diagnostics/{code}.md");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        var page = reader.ReadToEnd();
        return page[(page.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim();
    }
}
