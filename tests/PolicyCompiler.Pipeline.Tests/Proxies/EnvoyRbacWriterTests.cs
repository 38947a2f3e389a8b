using System.Text;
using System.Text.Json.Nodes;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Pipeline.Proxies;

namespace PolicyCompiler.Pipeline.Tests.Proxies;

public sealed class EnvoyRbacWriterTests
{
    private static readonly ProxyRule Empty = new(null, [], null, null, null);
    private static readonly HttpRule AnyRequest = new(null, null, null, [], [], SourceSpan.None);
    private static readonly TlsContext Tls = new(new SecretReference("default", "tls"), "ca.crt", null, null, SourceSpan.None);

    [Fact]
    public void AnHttpRuleIsAnRbacPolicy()
    {
        var set = Set(Http(AnyRequest with { Method = "GET", Path = "/a.*", Host = @"www\.io", Headers = ["X-Id: 7", "X-Flag"] }));
        Assert.Equal(
            """
            {
              "parser": "http",
              "allowsEverything": false,
              "rules": [
                "rule 0"
              ],
              "httpRbac": {
                "@type": "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC",
                "rules": {
                  "action": "ALLOW",
                  "policies": {
                    "rule 0 http[0]": {
                      "permissions": [
                        {
                          "and_rules": {
                            "rules": [
                              {
                                "header": {
                                  "name": ":authority",
                                  "string_match": {
                                    "safe_regex": {
                                      "regex": "www\\.io"
                                    }
                                  }
                                }
                              },
                              {
                                "header": {
                                  "name": ":method",
                                  "string_match": {
                                    "safe_regex": {
                                      "regex": "GET"
                                    }
                                  }
                                }
                              },
                              {
                                "header": {
                                  "name": ":path",
                                  "string_match": {
                                    "safe_regex": {
                                      "regex": "/a.*"
                                    }
                                  }
                                }
                              },
                              {
                                "header": {
                                  "name": "X-Id",
                                  "string_match": {
                                    "exact": "7"
                                  }
                                }
                              },
                              {
                                "header": {
                                  "name": "X-Flag",
                                  "present_match": true
                                }
                              }
                            ]
                          }
                        }
                      ],
                      "principals": [
                        {
                          "any": true
                        }
                      ]
                    }
                  }
                }
              },
              "headerActions": []
            }

            """,
            Encoding.UTF8.GetString(EnvoyRbacWriter.Write(set, Name)));
    }

    [Fact]
    public void ARuleWithoutConditionsAllowsAny()
    {
        Assert.Equal("""{"rule 0 http[0]":[{"any":true}]}""", HttpPermissions(Set(Http(AnyRequest))));
        Assert.Equal("""{"rule 0":[{"any":true}]}""", HttpPermissions(Set(Http())));
    }

    [Fact]
    public void ASetThatAllowsEverythingHasOnePolicy()
    {
        Assert.Equal("""{"any":[{"any":true}]}""", HttpPermissions(Set(Http(AnyRequest with { Method = "GET" })) with { AllowsEverything = true }));
        Assert.Equal("""{"any":[{"any":true}]}""", Permissions(Set(ServerNames("a.io")) with { AllowsEverything = true }, "networkRbac"));
    }

    [Fact]
    public void RulesOfTheSameNameAreNumbered() =>
        Assert.Equal(
            ["same http[0]", "same #2 http[0]"],
            Document(Set(Http(AnyRequest), Http(AnyRequest)), _ => "same")["httpRbac"]!["rules"]!["policies"]!.AsObject().Select(p => p.Key));

    [Fact]
    public void ServerNamesArePartOfTheirRuleOnly()
    {
        var set = Set(ServerNames("a.io"), Http(AnyRequest with { Method = "GET" }));
        Assert.Equal(
            """{"rule 0":[{"and_rules":{"rules":[{"or_rules":{"rules":[{"requested_server_name":{"exact":"a.io"}}]}}]}}]"""
            + ""","rule 1 http[0]":[{"and_rules":{"rules":[{"header":{"name":":method","string_match":{"safe_regex":{"regex":"GET"}}}}]}}]}""",
            HttpPermissions(set));
    }

    [Fact]
    public void ServerNamesAloneAreANetworkFilter()
    {
        var set = Set(ServerNames("a.io", "**.b.io", "*"), Empty with { TerminatingTls = Tls });
        Assert.Equal(
            """{"rule 0":[{"or_rules":{"rules":[{"requested_server_name":{"exact":"a.io"}},"""
            + """{"requested_server_name":{"safe_regex":{"regex":"^[-a-z0-9_]+(?:\\.[-a-z0-9_]+)*\\.b\\.io$"}}},"""
            + """{"requested_server_name":{"safe_regex":{"regex":"^[-a-z0-9_]+(?:\\.[-a-z0-9_]+)*$"}}}]}}],"rule 1":[{"any":true}]}""",
            Permissions(set, "networkRbac"));
        Assert.Equal("policyc", (string?)Document(set)["networkRbac"]!["stat_prefix"]);
    }

    [Fact]
    public void AHeaderWithAnActionDeniesNothing()
    {
        var set = Set(Http(AnyRequest with { HeaderMatches = [new HeaderMatch("X-Id", "7", null, HeaderMismatch.Add, SourceSpan.None)] }));
        Assert.Equal("""{"rule 0 http[0]":[{"any":true}]}""", HttpPermissions(set));
        Assert.Equal("""[{"policy":"rule 0 http[0]","header":"X-Id","value":"7","mismatch":"ADD"}]""", Text(Document(set)["headerActions"]));
    }

    [Fact]
    public void AHeaderThatMustEqualASecretAllowsNothingByItself()
    {
        var set = Set(Http(AnyRequest with { HeaderMatches = [new HeaderMatch("X-Id", null, new SecretReference("ns", "s"), null, SourceSpan.None)] }));
        Assert.Equal("""{"rule 0 http[0]":[{"and_rules":{"rules":[{"not_rule":{"any":true}}]}}]}""", HttpPermissions(set));
        Assert.Equal("""[{"policy":"rule 0 http[0]","header":"X-Id","secret":{"namespace":"ns","name":"s"},"mismatch":"DENY"}]""", Text(Document(set)["headerActions"]));
    }

    [Fact]
    public void DnsIsATableOfNames() =>
        Assert.Equal(
            """[{"text":"a.io","pattern":false,"regex":"^a\\.io$","rule":"rule 0"},{"text":"*.b.io","pattern":true,"regex":"^[-a-z0-9_]+\\.b\\.io$","rule":"rule 0"},"""
            + """{"text":"*","pattern":true,"regex":"^(?:[-a-z0-9_]+(?:\\.[-a-z0-9_]+)*)?$","rule":"rule 1"}]""",
            Text(Document(Set(Empty with { Rules = new L7Rules.Dns(Names("a.io", "*.b.io"), SourceSpan.None) }, Empty with { Rules = new L7Rules.Dns([], SourceSpan.None) }))["names"]));

    [Fact]
    public void KafkaAndGenericRulesAreKept()
    {
        var kafka = Set(Empty with { Rules = new L7Rules.Kafka([new KafkaRule("produce", null, "2", "c", "orders", SourceSpan.None)], SourceSpan.None) });
        Assert.Equal("""[{"rule":"rule 0","requests":[{"role":"produce","apiVersion":"2","clientId":"c","topic":"orders"}]}]""", Text(Document(kafka)["kafka"]));
        var generic = Set(Empty with { Rules = new L7Rules.Generic("r2d2", [new LabelSet([KeyValuePair.Create("cmd", "READ")])], SourceSpan.None), ServerNames = Names("a.io") });
        Assert.Equal("r2d2", (string?)Document(generic)["protocol"]);
        Assert.Equal(
            """[{"rule":"rule 0","serverNames":[{"text":"a.io","pattern":false,"regex":"^a\\.io$"}],"messages":[{"cmd":"READ"}]}]""",
            Text(Document(generic)["generic"]));
    }

    [Fact]
    public void ListenerAndCertificatesAreNamed()
    {
        var listener = Document(Set(Empty with { Listener = new ProxyListener("CiliumEnvoyConfig", "envoy", "one", 7, SourceSpan.None) }));
        Assert.Equal("""{"configurationKind":"CiliumEnvoyConfig","configurationName":"envoy","name":"one","priority":7}""", Text(listener["listener"]));
        var tls = Document(Set(Http() with { TerminatingTls = Tls, OriginatingTls = Tls with { TrustedCa = null } }));
        Assert.Equal("""{"secret":{"namespace":"default","name":"tls"},"trustedCa":"ca.crt"}""", Text(tls["terminatingTls"]));
        Assert.Equal("""{"secret":{"namespace":"default","name":"tls"}}""", Text(tls["originatingTls"]));
    }

    [Fact]
    public void EveryParserHasADocument()
    {
        foreach (var parser in Enum.GetValues<ProxyParser>())
        {
            var rule = parser == ProxyParser.Generic ? Empty with { Rules = new L7Rules.Generic("r2d2", [], SourceSpan.None) } : Empty;
            var document = Document(new ProxyRuleSet(parser, [new ProxyRuleMember(0, rule)], false, null, null, null));
            Assert.Equal(parser.ToString().ToLowerInvariant(), (string?)document["parser"]);
        }
    }

    private static string HttpPermissions(ProxyRuleSet set) => Permissions(set, "httpRbac");

    /// <summary>Permissions by policy; the principals are checked and left out.</summary>
    private static string Permissions(ProxyRuleSet set, string filter)
    {
        var policies = Document(set)[filter]!["rules"]!["policies"]!.AsObject();
        Assert.All(policies, p => Assert.Equal("""[{"any":true}]""", Text(p.Value!["principals"])));
        return Text(new JsonObject(policies.Select(p => KeyValuePair.Create(p.Key, p.Value!["permissions"]?.DeepClone()))));
    }

    private static JsonNode Document(ProxyRuleSet set, Func<int, string>? name = null) => JsonNode.Parse(EnvoyRbacWriter.Write(set, name ?? Name))!;

    private static string Text(JsonNode? node) => node!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static string Name(int ruleId) => $"rule {ruleId}";

    private static ProxyRule Http(params HttpRule[] rules) => Empty with { Rules = new L7Rules.Http([.. rules], SourceSpan.None) };

    private static ProxyRule ServerNames(params string[] names) => Empty with { ServerNames = Names(names) };

    private static System.Collections.Immutable.ImmutableArray<NamePattern> Names(params string[] names) =>
        [.. names.Select(n => new NamePattern(n, n.Contains('*', StringComparison.Ordinal), SourceSpan.None))];

    private static ProxyRuleSet Set(params ProxyRule[] rules) =>
        Assert.IsType<ProxyMerge.Merged>(ProxyRuleSetBuilder.Merge(rules.Select((rule, i) => new ProxyRuleMember(i, rule)), allowsEverything: false)).Set;
}
