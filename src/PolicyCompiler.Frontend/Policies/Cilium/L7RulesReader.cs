using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary><c>rules</c> of an item of toPorts: at most one protocol.</summary>
internal sealed class L7RulesReader(FieldReader fields)
{
    public static readonly string[] Protocols = ["http", "dns", "kafka", "l7proto"];

    private readonly HttpRuleReader _http = new(fields);
    private readonly KafkaRuleReader _kafka = new(fields);
    private readonly NamePatternReader _names = new(fields);

    /// <summary>Null when no protocol is named. An empty list names one: all of the protocol is allowed, through the proxy.</summary>
    public L7Rules? Read(YamlMapping item, RulePlace place)
    {
        if (fields.Mapping(item, "rules") is not { } rules)
        {
            return null;
        }

        fields.CheckFields(rules, "rules", CiliumFields.L7Rules);
        var written = Protocols.Where(p => FieldReader.Find(rules, p) is { } node and not YamlScalar { Text.Length: 0 }).ToList();
        if (written.Count > 1)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.SeveralProtocols, rules.Find(written[1])!, written[1], written[0]);
        }

        if (FieldReader.Find(rules, "l7") is { } untyped && !written.Contains("l7proto"))
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.ProtocolMissing, untyped);
        }

        if (written.Count == 0)
        {
            return null;
        }

        CheckPlace(rules.Find(written[0])!, written[0], place);
        return written[0] switch
        {
            "http" => new L7Rules.Http([.. fields.Mappings(rules, "http").Select(_http.Read)], rules.Span),
            "dns" => new L7Rules.Dns([.. fields.Mappings(rules, "dns").SelectMany(d => _names.Read(d, takeBoth: true))], rules.Span),
            "kafka" => ReadKafka(rules),
            _ => ReadGeneric(rules),
        };
    }

    private void CheckPlace(YamlNode node, string protocol, RulePlace place)
    {
        if (place.IsHost && (protocol != "dns" || !place.IsEgress))
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.RulesOnHost, node);
        }
        else if (protocol == "dns" && !place.IsEgress)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.DnsOnIngress, node);
        }
    }

    private L7Rules.Kafka ReadKafka(YamlMapping rules)
    {
        fields.Findings.ReportField(CiliumProxyDiagnostics.KafkaDeprecated, rules.Find("kafka")!);
        return new L7Rules.Kafka([.. fields.Mappings(rules, "kafka").Select(_kafka.Read)], rules.Span);
    }

    private L7Rules.Generic? ReadGeneric(YamlMapping rules) =>
        fields.Text(rules, "l7proto") is { } protocol
            ? new L7Rules.Generic(protocol.Text, [.. fields.Mappings(rules, "l7").Select(ReadPairs)], rules.Span)
            : null;

    private LabelSet ReadPairs(YamlMapping rule)
    {
        var pairs = new List<KeyValuePair<string, string>>(rule.Entries.Count);
        foreach (var (key, value) in rule.Entries)
        {
            if (key.Text.Length == 0)
            {
                fields.Findings.Report(CiliumProxyDiagnostics.EmptyRuleKey, key.Span, YamlPath.Of(rule));
            }
            else if (fields.IsText(value, out var text))
            {
                pairs.Add(KeyValuePair.Create(key.Text, FieldReader.Content(text)));
            }
        }

        return new LabelSet(pairs);
    }
}
