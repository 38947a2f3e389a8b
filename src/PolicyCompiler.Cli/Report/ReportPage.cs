using PolicyCompiler.Cli.Rendering.Connectivity;

namespace PolicyCompiler.Cli.Report;

/// <summary>The page of <c>policyc connectivity</c>.</summary>
internal static class ReportPage
{
    private static readonly HtmlPage Page = new(
        "Network connectivity", "connectivity.html", ["page.css"],
        ["base.js", "model.js", "filter.js", "panel.js", "edges.js", "layout.js", "drawing.js", "graph.js", "matrix.js", "list.js", "exposure.js", "page.js"]);

    public static void Write(ConnectivityView view, Stream output) => Page.Write(output, new ReportData(view).ToJson());
}
