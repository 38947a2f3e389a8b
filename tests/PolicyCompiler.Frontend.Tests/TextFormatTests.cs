using PolicyCompiler.Core.Model;
using static PolicyCompiler.Frontend.Tests.Reading;

namespace PolicyCompiler.Frontend.Tests;

public sealed class TextFormatTests
{
    [Fact]
    public void Json_with_tabs_and_escapes()
    {
        var endpoint = ReadEndpoint(
            "{\n\t\"apiVersion\":\"v1\",\n\t\"kind\":\"Pod\",\n\t\"metadata\":{\"name\":\"\\u0061\",\"annotations\":{\"a\":\"\\ud83d\\ude00 \\/ \\\"\"}},"
            + "\n\t\"spec\":{\"containers\":[\t{\"ports\":[{\"containerPort\":80,\"name\":\"http\"}]}]}\n}");
        Assert.Equal("a", endpoint.Name);
        Assert.Equal([new NamedPort("http", IpProtocol.Tcp, 80)], endpoint.NamedPorts);
        Assert.Equal((4, 21), (endpoint.Span.Line, endpoint.Span.Column));
    }

    [Theory]
    [InlineData("\ufeff")]
    [InlineData("# comment\n---\n# another\n---\n")]
    [InlineData("%YAML 1.2\n---\n")]
    [InlineData("---\nnull\n---\n")]
    [InlineData("\t")]
    public void Text_before_an_object(string before) =>
        Assert.Equal("a", ReadEndpoint(before + "{apiVersion: v1, kind: Pod, metadata: {name: a}}").Name);

    [Fact]
    public void Carriage_returns_do_not_shift_positions() =>
        Assert.Equal(4, ReadEndpoint(Pod("a").Replace("\n", "\r\n", StringComparison.Ordinal)).Span.Line);

    [Fact]
    public void Nothing_in_nothing_out()
    {
        var input = ReadClean("", "# nothing\n", "---\n---\n...\n");
        Assert.True(input.Policies.Policies.IsEmpty && input.Cluster.Endpoints.IsEmpty && input.Cluster.Namespaces.IsEmpty);
    }

    [Fact]
    public void Anchors_aliases_and_merge_keys()
    {
        var policy = ReadPolicy(Policy(
            """
              podSelector: &web
                matchLabels: &labels {app: web, tier: front}
              ingress:
              - from:
                - podSelector: *web
                - podSelector: {matchLabels: {<<: *labels, tier: back}}
                - podSelector: {matchLabels: {tier: other, <<: [{app: first}, *labels]}}
            """));
        Assert.Equal(
            ["app=web, tier=front", "tier=back, app=web", "tier=other, app=first"],
            policy.Ingress[0].Peers.Select(p => p.PodSelector!.ToString()));
    }

    [Fact]
    public void Quoted_merge_key_is_a_key() => Assert.Contains(
        Read(Policy("  podSelector: {matchLabels: {\"<<\": a}}")).Diagnostics, d => d.Code == "NP1131");

    [Fact]
    public void Block_scalars_and_tags_are_text()
    {
        var labels = ReadEndpoint("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    a: |-\n      yes\n    b: !!str 1\n    c: >-\n      x\n    d: '1.5'").Labels;
        Assert.Equal("a=yes,b=1,c=x,d=1.5", labels.ToString());
    }

    [Fact]
    public void Anchors_end_with_their_document() => Assert.Equal(
        "NP1002", Assert.Single(Read("a: &x 1\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n" + Pod("b", "spec: *x")).Diagnostics).Code);

    [Fact]
    public void Lists_give_their_items_the_kind()
    {
        var input = ReadClean(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: PodList
              items:
              - metadata: {name: a}
              - apiVersion: v1
                kind: Pod
                metadata: {name: b}
            - apiVersion: networking.k8s.io/v1
              kind: NetworkPolicyList
              items:
              - metadata: {name: p}
            - apiVersion: v1
              kind: ServiceList
              items: null
            """);
        Assert.Equal(["default/a", "default/b"], input.Cluster.Endpoints.Select(e => e.Reference));
        Assert.Equal("p", Assert.Single(input.Policies.Policies).Name);
    }

    [Fact]
    public void Kinds_of_other_groups_are_left_out()
    {
        var stage = Read("apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Secret\n---\napiVersion: v1\nkind: Secret");
        Assert.Equal(
            ["1 object of kind Service (serving.knative.dev/v1) left out: the kind has no part in network policy",
             "2 objects of kind Secret (v1) left out: the kind has no part in network policy"],
            stage.Diagnostics.Select(d => d.Message));
        Assert.True(stage.Value!.Cluster.Services.IsEmpty);
    }
}
