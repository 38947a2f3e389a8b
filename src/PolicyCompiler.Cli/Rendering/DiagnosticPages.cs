using System.Text;
using PolicyCompiler.Core.Diagnostics;

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

    /// <summary>
    /// The first paragraph on what a finding means, as one line; the title where there is no page. Shorter than the 1024
    /// characters that GitHub takes.
    /// </summary>
    public static string MeaningOf(DiagnosticDescriptor descriptor)
    {
        const int most = 1000;
        var paragraphs = (TextOf(descriptor.Code) ?? "").Split("\n\n");
        var meaning = Array.IndexOf(paragraphs, "## What it means") is >= 0 and var heading && heading + 1 < paragraphs.Length
            ? paragraphs[heading + 1]
            : paragraphs[0].Length > 0 ? paragraphs[0] : descriptor.Title;
        meaning = meaning.ReplaceLineEndings(" ");
        return meaning.Length <= most ? meaning : $"{meaning[..most]}...";
    }
}
