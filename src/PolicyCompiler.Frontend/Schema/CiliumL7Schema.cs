using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Policies.Cilium;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary><c>rules</c> of an item of toPorts.</summary>
internal static class CiliumL7Schema
{
    private static readonly ObjectType HeaderMatch = new("HeaderMatch", [CiliumFields.HeaderMatch],
    [
        Carried("name", TextTypes.NotEmpty, "Name of the header.").Required(),
        Carried("value", TextTypes.Any, "Its value; if value and secret are absent any value."),
        Carried("secret", new ObjectType("HeaderSecret", [CiliumFields.Secret],
        [
            Carried("namespace", TextTypes.Any, "Namespace of the Secret."),
            Carried("name", TextTypes.NotEmpty, "Name of the Secret.").Required(),
        ]), "Secret that has the value."),
        Carried("mismatch", TextTypes.OneOf(HttpRuleReader.Mismatches), "What is done to a request whose header does not match, instead of refusing it."),
    ]);

    private static readonly ObjectType Http = new("HTTPRule", [CiliumFields.Http],
    [
        Carried("method", TextTypes.Any, "Regular expression (RE2) for the whole method."),
        Carried("path", TextTypes.Any, "Regular expression (RE2) for the whole path."),
        Carried("host", TextTypes.Any, "Regular expression (RE2) for the whole host."),
        Carried("headers", new List(TextTypes.NotBlank), "Headers that must be there, a name or \"name: value\" each."),
        Carried("headerMatches", new List(HeaderMatch), "Headers and what is done if they do not match."),
    ])
    {
        Title = "Cilium HTTP rule",
    };

    private static readonly ObjectType Kafka = new("KafkaRule", [CiliumFields.Kafka],
    [
        Carried("role", AnyCase(KafkaRuleReader.Roles), "Requests of a producer or of a consumer."),
        Carried("apiKey", AnyCase(KafkaRuleReader.ApiKeys), "One sort of request."),
        Carried("apiVersion", new Text("1") { Pattern = "^[0-9]+$", Otherwise = "Not a version of the API: write digits." }, "Version of the request."),
        Carried("clientID", TextTypes.Any, "What the client calls itself."),
        Carried("topic", Topic(), "Topic that the request is about."),
    ])
    {
        Rules = [new FieldRule.NotBoth("role", "apiKey")],
        Title = "Cilium Kafka rule",
    };

    private static readonly ObjectType Dns = new("DNSRule", [CiliumFields.Name], [.. CiliumPeerTypes.NameFields.Select(f => f with { Status = FieldStatus.Carried })])
    {
        Rules = [new FieldRule.AtLeastOne(CiliumFields.Name)],
    };

    public static ObjectType Rules(bool isEgress) => new(isEgress ? "EgressL7Rules" : "IngressL7Rules", [CiliumFields.L7Rules],
    [
        Carried("http", new List(Http), "Requests that are allowed; an empty list allows all, through the proxy."),
        isEgress
            ? Carried("dns", new List(Dns), "Names that may be looked up; an empty list allows all, through the proxy.")
            : Rejected("dns", new List(Dns), CiliumProxyDiagnostics.DnsOnIngress, "DNS rules can only be on egress."),
        Carried("kafka", new List(Kafka), "Kafka requests that are allowed; newer versions of Cilium do not have them.").Deprecated(CiliumProxyDiagnostics.KafkaDeprecated),
        Carried("l7proto", TextTypes.Any, "Name of another parser of the proxy."),
        Carried("l7", new List(new Map(new Text("key") { Pattern = "." }, TextTypes.Any)), "Rules for that parser."),
    ])
    {
        Rules = [new FieldRule.AtMostOne(L7RulesReader.Protocols), new FieldRule.Needs("l7", "l7proto", TextTypes.NotEmpty)],
    };

    private static Text Topic() => new("orders")
    {
        Pattern = "^[A-Za-z0-9._-]+$",
        MaxLength = KafkaRuleReader.MaxTopic,
        Otherwise = "Not a topic: use letters, digits, \".\", \"_\" and \"-\".",
    };

    private static Text AnyCase(IReadOnlyList<string> words) => TextTypes.OneOf(words) with { IgnoresCase = true };
}
