using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests.Report;

/// <summary>The page of differences as a reader has it: opened as a file in a browser, used with mouse and keyboard.</summary>
public sealed class DiffBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>, IDisposable
{
    private const string Edges = "report.graph.edges().map(e => `${e.source().data('name')} ${e.data('label')} ${e.target().data('name')}`)";

    private readonly TemporaryFolder _folder = new();
    private readonly Browser _browser = fixture.Require();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AClickOnAnEdgeShowsTheRulesOfBothSides()
    {
        Open(Shop("{app: cart}"), Shop(DiffTests.Others));
        Assert.Equal(["shop/web[Deployment] + TCP 6379 shop/redis[StatefulSet]"], Texts(Edges));
        var point = _browser.Evaluate("(e => e.renderedMidpoint())(report.graph.edges()[0])")!;
        _browser.Click("#graph", (double)point["x"]!, (double)point["y"]!);
        _browser.WaitFor("document.getElementById('difference')");
        var panel = _browser.Text("#panel");
        Assert.Contains("+ widened TCP 6379", panel.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("denied → allowed", panel, StringComparison.Ordinal);
        Assert.Contains("denied by default, isolated by", panel, StringComparison.Ordinal);
        Assert.Contains("0.yaml:9", panel, StringComparison.Ordinal);
        Assert.Contains("1.yaml:13", panel, StringComparison.Ordinal);
        Assert.Contains("shop/web -> shop/redis TCP/6379", panel, StringComparison.Ordinal);
        // The policy that isolated with what it is for, and the rule that allows now.
        Assert.Equal(
            ["metadata: {name: redis, namespace: shop}", "  - from: [{podSelector: " + DiffTests.Others + "}]"],
            Texts("[...document.querySelectorAll('#panel pre:not(.command)')].map(p => p.querySelector('span').textContent)"));
        Assert.Equal(["redis", "from:"], Texts("[...document.querySelectorAll('#panel mark')].map(m => m.textContent)").Select(m => m.Split(' ')[0]));
        Assert.Equal("true", (string?)_browser.Evaluate("document.querySelector('#table-pane tr[data-index=\"0\"]').getAttribute('aria-current')"));
        _browser.AssertIsOffline();
    }

    [Fact]
    public void TheCommandsOfTheHintTellTheSame()
    {
        Open(Shop("{app: cart}"), Shop(DiffTests.Others));
        _browser.Evaluate("select(differences[0])");
        var answers = Texts("[...document.querySelectorAll('#panel .command')].map(p => p.textContent)")
            .Select(c => PolicycProcess.Run(c.Split(' ')[1..]).Output.Split('\n')[0]);
        Assert.Equal(["shop/web -> shop/redis TCP/6379  DENIED", "shop/web -> shop/redis TCP/6379  ALLOWED"], answers);
    }

    [Fact]
    public void TheKeyboardMovesInTheTable()
    {
        Open(Shop("{app: cart}"), Shop(DiffTests.Others).Replace("6379", "6380", StringComparison.Ordinal));
        _browser.Evaluate("document.querySelector('tbody button').focus()");
        _browser.Press("ArrowDown");
        Assert.Equal("narrowed, TCP 6379", (string?)_browser.Evaluate("document.activeElement.getAttribute('aria-label')"));
        _browser.Evaluate("document.activeElement.click()");
        Assert.Contains("allowed → denied", _browser.Text("#panel"), StringComparison.Ordinal);
        _browser.Press("Escape");
        Assert.Contains("What changes?", _browser.Text("#panel"), StringComparison.Ordinal);
        _browser.Evaluate("document.getElementById('tab-both').focus()");
        _browser.Press("ArrowRight");
        Assert.Equal("graph", (string?)_browser.Evaluate("document.querySelector('[aria-selected=true]').dataset.view"));
        _browser.AssertIsOffline();
    }

    [Fact]
    public void FiltersByKindTextAndTolerance()
    {
        var list = _folder.File("allow.txt", "widened * -> shop/redis on TCP 6380 # moves on Monday\n");
        Open(Shop("{app: cart}"), Shop(DiffTests.Others).Replace("6379", "6380", StringComparison.Ordinal), "--allow", list);
        Assert.Equal(["+ widened tolerated", "− narrowed"], Rows());
        Assert.Equal("+ 1 widened − 1 narrowed 1 of them tolerated", Words(_browser.Text("#counts")));
        _browser.Evaluate("document.getElementById('filter-text').value = 'shop/web', readFilters()");
        Assert.Equal("1 of 2 differences shown", Shown());
        _browser.Evaluate("document.getElementById('clear').click()");
        _browser.Evaluate("document.querySelector('#filter-kinds input[value=widened]').click(), readFilters()");
        Assert.Equal(["− narrowed"], Rows());
        _browser.Evaluate("document.getElementById('clear').click()");
        Assert.Equal(3, (int)_browser.Evaluate("report.graph.edges().length")!);
        Assert.Equal(2, (int)_browser.Evaluate("report.graph.edges('.tolerated').length")!);
        _browser.Evaluate("document.getElementById('hide-tolerated').click(), readFilters()");
        Assert.Equal(["− narrowed"], Rows());
        Assert.Equal(1, (int)_browser.Evaluate("report.graph.edges().length")!);
        _browser.AssertIsOffline();

        List<string> Rows() => [.. Texts("[...document.querySelectorAll('tbody td:first-child')].map(c => c.innerText)").Select(Words)];
        string Shown() => _browser.Text("#shown");
        static string Words(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void NoDifferenceIsStatedAsTheProofThatItIs()
    {
        Open(Shop("{app: cart}"), Shop("{app: cart}").Replace("name: redis, namespace: shop}\nspec", "name: other, namespace: shop}\nspec", StringComparison.Ordinal));
        Assert.Equal("No difference in any flow", _browser.Text("#nothing"));
        Assert.Contains("12 classes of sources × as many of destinations, every protocol and port; 3 workloads", _browser.Text("#proof"), StringComparison.Ordinal);
        Assert.Null(_browser.Evaluate("document.getElementById('gaps')"));
        _browser.AssertIsOffline();
    }

    [Fact]
    public void AGapIsTold()
    {
        Open(Names(14), Names(15));
        Assert.Contains("Not every flow was compared.", _browser.Text("#gaps"), StringComparison.Ordinal);
        Assert.DoesNotContain("What is not listed is the same", _browser.Text("#proof"), StringComparison.Ordinal);
        _browser.AssertIsOffline();

        static string Names(int count) => $$"""
            {{DiffTests.Cluster}}
            ---
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: names, namespace: shop}
            spec:
              endpointSelector: {}
              egress: [{toFQDNs: [{{string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{matchName: n{i}.example}}"))}}]}]
            """;
    }

    /// <summary>The page puts sets together by itself; it must come to what the JSON has.</summary>
    [Fact]
    public void ThePageHasTheDifferencesOfTheListing()
    {
        string[] cases = [.. Repository.ValidCases.Where((_, i) => i % 6 == 0), "cilium-http", "online-boutique"];
        foreach (var (old, @new) in cases.Zip(cases.Skip(1)))
        {
            OpenFiles(Repository.CasePath(old), Repository.CasePath(@new));
            var shown = Texts("""
                differences.map(d => [d.kind, ...d.sources.ends.map(e => e.text).sort(), '>', ...d.destinations.ends.map(e => e.text).sort(), d.ports, d.before, d.after, ...d.lost, ...d.gained, d.flow,
                  ...d.directions.flatMap(s => [s.direction, ...[s.before, s.after].flatMap(b => [b.text, ...b.rules.map(r => `${r.policy} ${r.place ?? ''}:${r.line}`)])])].join('\n'))
                """);
            Assert.Equal(Listed(Repository.CasePath(old), Repository.CasePath(@new)), shown);
        }

        _browser.AssertIsOffline();
    }

    [Fact]
    public void ManyDifferencesAreAllInTheTableWhereTheGraphHasNoRoomForThem()
    {
        const int Namespaces = 110;
        Open(Ring(Namespaces, 0), Ring(Namespaces, 5));
        Assert.Equal($"+ {Namespaces} widened", _browser.Text("#counts").Trim());
        Assert.Matches("^10 of 110 differences not drawn", _browser.Text("#undrawn"));
        Assert.Equal(500, (int)_browser.Evaluate("report.graph.edges().length")!);
        Assert.Equal(Namespaces, (int)_browser.Evaluate("document.querySelectorAll('tbody tr').length")!);
        _browser.Evaluate("document.querySelector('tbody tr:last-child').click()");
        Assert.Equal(5, (int)_browser.Evaluate("report.graph.edges('.chosen').length")!);
        _browser.Evaluate("document.querySelector('tbody tr').click()");
        Assert.Equal((5, 500), ((int)_browser.Evaluate("report.graph.edges('.chosen').length")!, (int)_browser.Evaluate("report.graph.edges().length")!));
        _browser.AssertIsOffline();
    }

    /// <summary>Everyone but itself is another set for each of the pods, but the same crowd.</summary>
    [Fact]
    public void ASetOfManyIsOneNode()
    {
        var open = Ring(60, 0).Replace("ingress: []", "ingress: [{ports: [{port: 443}]}]", StringComparison.Ordinal);
        Open(Ring(60, 0), open);
        Assert.Equal(["68 in 60 namespaces and outside"], Texts("report.graph.nodes('.crowd').map(n => n.data('label'))"));
        Assert.Equal((61, 60), ((int)_browser.Evaluate("report.graph.nodes().length")!, (int)_browser.Evaluate("report.graph.edges().length")!));
        _browser.Evaluate("chooseNode(report.graph.nodes('.crowd')[0].id())");
        Assert.Contains("60 differences:", _browser.Text("#panel"), StringComparison.Ordinal);
        _browser.AssertIsOffline();
    }

    [Fact]
    public void PodsOfAWorkloadHaveFlowsAmongThemselves()
    {
        const string Pods = """
            {apiVersion: v1, kind: Pod, metadata: {name: web-1, namespace: shop, labels: {app: web, zone: a}, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u, controller: true}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-2, namespace: shop, labels: {app: web, zone: b}, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u, controller: true}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: single, namespace: shop, labels: {app: single}}}
            """;
        Open(Pods, Policy("{app: web}"));
        Assert.Contains("shop/web[StatefulSet] − all shop/web[StatefulSet]", Texts(Edges));
        Open(Pods, Policy("{zone: a}"));
        Assert.Contains("web (1 of 2)", Texts("report.graph.nodes('.end').map(n => n.data('label'))"));
        _browser.AssertIsOffline();

        static string Policy(string subject) =>
            $"{Pods}\n---\n{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: only, namespace: shop}}, spec: {{podSelector: {{matchLabels: {subject}}}, ingress: [{{from: [{{podSelector: {{matchLabels: {{app: single}}}}}}]}}]}}}}\n";
    }

    [Fact]
    public void TextOfInputsIsTextInThePage()
    {
        const string Hostile = "</script><script>hacked = 1</script><img src=x onerror='hacked = 1'>";
        var policy = File.ReadAllText(Path.Combine(Repository.CasePath("cilium-http"), "policy.yaml"));
        var old = _folder.File("<img src=x onerror=hacked=1>.yaml", policy);
        var @new = _folder.File("new.yaml", policy.Replace("path: \"/public/.*\"", $"path: \"{Hostile}\"", StringComparison.Ordinal));
        var list = _folder.File("allow.txt", $"any * -> * # {Hostile}\n");
        OpenFiles(old, @new, "--with", Path.Combine(Repository.CasePath("cilium-http"), "cluster.yaml"), "--allow", list);
        _browser.Evaluate("document.querySelector('tbody tr').click()");
        var panel = _browser.Text("#panel");
        Assert.Contains($"GET {Hostile}", panel, StringComparison.Ordinal);
        Assert.Contains($"{Hostile} ({list}:1)", panel, StringComparison.Ordinal);
        Assert.Contains("<img src=x onerror=hacked=1>.yaml", _browser.Text("#sides"), StringComparison.Ordinal);
        Assert.Equal("undefined", (string?)_browser.Evaluate("typeof hacked"));
        _browser.AssertIsOffline();
    }

    [Fact]
    public void ABundleHasReferencesWithoutLines()
    {
        var old = _folder.File("old.yaml", Shop("{app: cart}"));
        var bundle = Path.Combine(_folder.Path, "bundle");
        Assert.Equal(0, PolicycProcess.Run("compile", old, "--verify", "none", "-o", bundle).ExitCode);
        OpenFiles(bundle, _folder.File("new.yaml", Shop(DiffTests.Others)));
        _browser.Evaluate("select(differences[0])");
        Assert.Equal(["old.yaml:9"], Texts("[...document.querySelectorAll('#panel .before .place')].map(p => p.textContent)"));
        Assert.Equal((0, 1), ((int)_browser.Evaluate("document.querySelectorAll('#panel .before pre').length")!, (int)_browser.Evaluate("document.querySelectorAll('#panel .now pre').length")!));
        Assert.Equal(1, (int)_browser.Evaluate("document.querySelectorAll('#panel .command').length")!);
    }

    private static string Shop(string peers) => $"{DiffTests.Cluster}\n---\n{DiffTests.Policy(peers, 6379)}";

    /// <summary>Namespaces of a pod each, which accepts those of the next namespaces.</summary>
    private static string Ring(int namespaces, int next)
    {
        var text = new StringBuilder();
        for (var ns = 0; ns < namespaces; ns++)
        {
            var peers = Enumerable.Range(1, next).Select(i => $"{{namespaceSelector: {{matchLabels: {{kubernetes.io/metadata.name: ns-{(ns + i) % namespaces}}}}}}}");
            var ingress = next == 0 ? "" : $"{{from: [{string.Join(", ", peers)}]}}";
            text.Append(CultureInfo.InvariantCulture, $$$"""
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: ns-{{{ns}}}}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: pod, namespace: ns-{{{ns}}}}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: only, namespace: ns-{{{ns}}}}
                spec:
                  podSelector: {}
                  ingress: [{{{ingress}}}]

                """);
        }

        return text.ToString();
    }

    private static List<string> Listed(string old, string @new) =>
    [
        .. JsonDocument.Parse(PolicycProcess.Run("diff", old, @new, "--format", "json").Output).RootElement.GetProperty("differences").EnumerateArray().Select(d => string.Join('\n',
        [
            Text(d, "change"), .. All(d, "sources").Order(StringComparer.Ordinal), ">", .. All(d, "destinations").Order(StringComparer.Ordinal),
            Text(d, "family") is { } family ? $"{Text(d, "ports")} over {family}" : Text(d, "ports"), Text(d, "before"), Text(d, "after"),
            .. All(d, "requestsOnlyBefore"), .. All(d, "requestsOnlyAfter"), Flow(d.GetProperty("flow")),
            .. d.GetProperty("sides").EnumerateArray().SelectMany(s => new[] { Text(s, "direction") }.Concat(Decision(s, "before")).Concat(Decision(s, "after"))),
        ])),
    ];

    private static string Flow(JsonElement flow)
    {
        var port = flow.GetProperty("port").GetInt32();
        return $"{Text(flow, "from")} -> {Text(flow, "to")} {Text(flow, "protocol")}{(port == 0 ? "" : $"/{port}")}";
    }

    private static IEnumerable<string?> Decision(JsonElement side, string when) => side.GetProperty(when).GetProperty("rules").EnumerateArray()
        .Select(r => $"{Text(r, "policyKind")} {Text(r, "policy")} {Text(r, "rule")}:{r.GetProperty("line")}")
        .Prepend(Text(side.GetProperty(when), "decision"));

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static IEnumerable<string?> All(JsonElement item, string name) => item.GetProperty(name).EnumerateArray().Select(e => e.GetString());

    private List<string> Texts(string expression) => [.. _browser.Evaluate(expression)!.AsArray().Select(t => (string)t!)];

    private void Open(string old, string @new, params string[] options) => OpenFiles(_folder.File("0.yaml", old), _folder.File("1.yaml", @new), options);

    private void OpenFiles(string old, string @new, params string[] options)
    {
        var result = PolicycProcess.Run(["diff", old, @new, "--format", "html", .. options]);
        Assert.Equal(0, result.ExitCode);
        _browser.Open(_folder.File("page.html", result.Output));
    }
}
