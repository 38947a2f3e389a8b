using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests.Report;

/// <summary>The page as a reader has it: opened as a file in a browser, used with mouse and keyboard.</summary>
public sealed class ReportBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Browser _browser = fixture.Require();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AClickOnAnEdgeShowsTheRulesThatOpenIt()
    {
        Open(Repository.CasePath("online-boutique"));
        var point = _browser.Evaluate("""
            (e => e.renderedMidpoint())(report.graph.edges().filter(e => e.source().data('name') === 'shop/checkout' && e.target().data('name') === 'shop/cart')[0])
            """)!;
        _browser.Click("#graph", (double)point["x"]!, (double)point["y"]!);
        _browser.WaitFor("document.getElementById('connection')");
        var panel = _browser.Text("#panel");
        Assert.Contains("shop/checkout[Deployment] → shop/cart[Deployment]", panel, StringComparison.Ordinal);
        Assert.Contains("NetworkPolicy shop/checkout egress[0]", panel, StringComparison.Ordinal);
        Assert.Contains("NetworkPolicy shop/cart ingress[0]", panel, StringComparison.Ordinal);
        Assert.Contains("policy-shop.yaml:61", panel, StringComparison.Ordinal);
        Assert.Contains("- podSelector: {matchLabels: {app: checkout}}", panel, StringComparison.Ordinal);
        Assert.Equal("TCP 7070", _browser.Text("#panel .ports"));
        // The place of the rule is underlined, on the line that the source has it on.
        Assert.Equal("to:,from:", (string?)_browser.Evaluate("[...document.querySelectorAll('#panel mark')].map(m => m.textContent).join()"));
        Assert.Equal("61", (string?)_browser.Evaluate("[...document.querySelectorAll('#panel pre')].at(-1).querySelector('span').dataset.line"));
        _browser.AssertIsOffline();
    }

    [Fact]
    public void AClickOnACellAndTheKeyboardShowTheSame()
    {
        Open(Repository.CasePath("online-boutique"));
        _browser.Evaluate("document.getElementById('tab-matrix').click()");
        var cell = _browser.Evaluate("""
            (() => {
              const index = name => report.matrix.rows.findIndex(r => r.label === name);
              return { row: index('cart'), column: index('redis'), ...report.cellAt(index('cart'), index('redis')) };
            })()
            """)!;
        _browser.Click("#matrix", (double)cell["x"]!, (double)cell["y"]!);
        _browser.WaitFor("document.getElementById('connection')");
        var panel = _browser.Text("#panel");
        Assert.Contains("shop/cart[Deployment] → shop/redis[StatefulSet]", panel, StringComparison.Ordinal);
        Assert.Contains("NetworkPolicy shop/redis ingress[0]", panel, StringComparison.Ordinal);
        _browser.Evaluate("showHelp(), document.getElementById('matrix').focus(), report.matrix.at = [0, 0]");
        for (var i = 0; i < (int)cell["row"]!; i++)
        {
            _browser.Press("ArrowDown");
        }

        for (var i = 0; i < (int)cell["column"]!; i++)
        {
            _browser.Press("ArrowRight");
        }

        _browser.Press("Enter");
        Assert.Equal(panel, _browser.Text("#panel"));
        _browser.AssertIsOffline();
    }

    [Fact]
    public void FiltersByNamespacePortAndPolicy()
    {
        Open(Repository.CasePath("online-boutique"));
        Assert.Contains("16 workloads in 4 namespaces, 57 connections", _browser.Text("#summary"), StringComparison.Ordinal);
        AssertFiltered("filter-policy", "shop/redis", 1);
        AssertFiltered("filter-port", "TCP/6379", 3);
        AssertFiltered("filter-namespace", "2", (int)Rows(Repository.CasePath("online-boutique")).Count(r => r.Contains("observability/", StringComparison.Ordinal)));
        Filter("filter-port", "none");
        Assert.False((bool)_browser.Evaluate("document.getElementById('filter-port').checkValidity()")!);

        void AssertFiltered(string id, string value, int count)
        {
            Filter(id, value);
            Assert.EndsWith($"{count} connection{(count == 1 ? "" : "s")} shown", _browser.Text("#summary"), StringComparison.Ordinal);
            _browser.Evaluate("document.getElementById('clear').click()");
        }

        void Filter(string id, string value) => _browser.Evaluate($"document.getElementById('{id}').value = '{value}', readFilters()");
    }

    /// <summary>The page joins the sides by itself; it must come to the rows that every other format has.</summary>
    [Fact]
    public void ThePageHasTheConnectionsOfTheListing()
    {
        string[] cases = [.. Repository.ValidCases.Where((_, i) => i % 5 == 0), "online-boutique"];
        foreach (var name in cases.Distinct())
        {
            Open(Repository.CasePath(name));
            var shown = _browser.Evaluate("[...shownRows()].map(r => `${r.source.text} ${r.destination.text} ${r.open.ports.text}`)")!.AsArray();
            Assert.Equal(Rows(Repository.CasePath(name)).Order(StringComparer.Ordinal), shown.Select(r => (string)r!).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData(10, "graph")]
    [InlineData(200, "graph")]
    [InlineData(2000, "matrix")]
    public void SmallAndLargeClustersOpenInAViewThatCanBeRead(int workloads, string view)
    {
        Open(_folder.File($"{workloads}.yaml", Cluster(workloads)));
        Assert.Equal(view, (string?)_browser.Evaluate("document.querySelector('[aria-selected=true]').dataset.view"));
        if (view == "graph")
        {
            Assert.True((bool)_browser.Evaluate("""
                report.graph.nodes().length > 3 && report.graph.edges().length > 3 && report.graph.nodes().every(n => {
                  const b = n.renderedBoundingBox();
                  return b.x1 >= 0 && b.y1 >= 0 && b.x2 <= report.graph.width() && b.y2 <= report.graph.height();
                })
                """)!);
        }
        else
        {
            // From a namespace to its neighbour, and on to a connection and its rule.
            var cell = _browser.Evaluate("report.cellAt(report.matrix.rows.findIndex(r => r.label === 'ns-3'), report.matrix.rows.findIndex(r => r.label === 'ns-4'))")!;
            _browser.Click("#matrix", (double)cell["x"]!, (double)cell["y"]!);
            _browser.WaitFor("document.querySelector('#panel .rows button')");
            Assert.Contains("namespace ns-3 → namespace ns-4", _browser.Text("#panel"), StringComparison.Ordinal);
            _browser.Evaluate("document.querySelector('#panel .rows button').click()");
            Assert.Contains("NetworkPolicy ns-4/neighbours ingress[0]", _browser.Text("#panel"), StringComparison.Ordinal);
            _browser.Evaluate("document.querySelector('#panel button').click(), document.querySelector('#panel > button').click()");
            Assert.Contains("focus: between ns-3 and ns-4", _browser.Text("#focus"), StringComparison.Ordinal);
        }

        _browser.AssertIsOffline();
    }

    [Fact]
    public void TextOfPoliciesIsTextInThePage()
    {
        Open(_folder.File("hostile.yaml", """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop}
            spec:
              podSelector: {}
              ingress:
              - from: [{podSelector: {}}] # </script><script>hacked = 1</script><img src=x onerror="hacked = 1">
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: b, namespace: shop}}
            """));
        _browser.Evaluate("document.getElementById('tab-list').click(), document.querySelector('tbody tr button').click()");
        Assert.Contains("</script><script>hacked = 1</script><img src=x", _browser.Text("#panel"), StringComparison.Ordinal);
        Assert.Equal("undefined", (string?)_browser.Evaluate("typeof hacked"));
        _browser.AssertIsOffline();
    }

    [Fact]
    public void ExposureIsATableWithItsRules()
    {
        Open(Repository.CasePath("online-boutique"), "--exposure", "--focus", "shop/redis");
        Assert.Contains("focus: shop/redis[StatefulSet]", _browser.Text("#focus"), StringComparison.Ordinal);
        _browser.Evaluate("document.getElementById('tab-exposure').click()");
        var table = _browser.Text("#view");
        Assert.Contains("new pods app=cart in namespace shop\tTCP 6379", table, StringComparison.Ordinal);
        Assert.DoesNotContain("shop/cart[Deployment]", table, StringComparison.Ordinal);
        _browser.Evaluate("[...document.querySelectorAll('tbody button')].find(b => b.textContent.includes('app=cart')).click()");
        Assert.Contains("NetworkPolicy shop/redis ingress[0]", _browser.Text("#panel"), StringComparison.Ordinal);
    }

    private static List<string> Rows(string input) =>
    [
        .. JsonDocument.Parse(PolicycProcess.Run("connectivity", input, "--format", "json").Output).RootElement.GetProperty("connections").EnumerateArray()
            .Select(r => $"{r.GetProperty("src").GetString()} {r.GetProperty("dst").GetString()} {r.GetProperty("conn").GetString()}"),
    ];

    /// <summary>Namespaces of ten pods: half of the pods accept their neighbours, the others the next namespace.</summary>
    private static string Cluster(int pods)
    {
        var text = new StringBuilder();
        for (var ns = 0; ns < (pods + 9) / 10; ns++)
        {
            text.Append(CultureInfo.InvariantCulture, $$$$$$"""
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: ns-{{{{{{ns}}}}}}}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: neighbours, namespace: ns-{{{{{{ns}}}}}}}
                spec:
                  podSelector: {matchLabels: {tier: front}}
                  ingress:
                  - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ns-{{{{{{ns - 1}}}}}}}}}]
                    ports: [{port: 443}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: inside, namespace: ns-{{{{{{ns}}}}}}}
                spec:
                  podSelector: {matchLabels: {tier: back}}
                  ingress: [{from: [{podSelector: {matchLabels: {tier: front}}}], ports: [{port: 5432}]}]

                """);
        }

        for (var pod = 0; pod < pods; pod++)
        {
            text.Append(CultureInfo.InvariantCulture, $"---\n{{apiVersion: v1, kind: Pod, metadata: {{name: pod-{pod % 10}, namespace: ns-{pod / 10}, labels: {{tier: {(pod % 2 == 0 ? "front" : "back")}}}}}}}\n");
        }

        return text.ToString();
    }

    private void Open(string input, params string[] options)
    {
        var page = Path.Combine(_folder.Path, "report.html");
        var result = PolicycProcess.Run(["connectivity", input, "--format", "html", "-o", page, .. options]);
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        _browser.Open(page);
    }
}
