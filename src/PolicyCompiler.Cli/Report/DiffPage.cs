using System.Collections.Immutable;
using PolicyCompiler.Cli.Rendering;

namespace PolicyCompiler.Cli.Report;

/// <summary>The page of <c>policyc diff</c>.</summary>
internal static class DiffPage
{
    private static readonly HtmlPage Page = new(
        "Policy differences", "diff.html", ["page.css", "diff.css"],
        ["base.js", "diff-model.js", "diff-panel.js", "layout.js", "drawing.js", "diff-edges.js", "diff-graph.js", "diff-table.js", "diff-page.js"]);

    /// <param name="listing">The differences.</param>
    /// <param name="sides">The old and the new side.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(DiffListing listing, ImmutableArray<NamedSide> sides, Stream output) =>
        Page.Write(output, new DiffData(listing, sides).ToJson());
}
