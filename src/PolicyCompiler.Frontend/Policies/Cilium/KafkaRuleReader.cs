using System.Globalization;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Items of <c>kafka</c>.</summary>
internal sealed class KafkaRuleReader(FieldReader fields)
{
    public const int MaxTopic = 255;

    public static readonly string[] Roles = ["produce", "consume"];

    /// <summary>Request types that rules can name (kafka.apache.org: protocol_api_keys), in the order of their numbers.</summary>
    public static readonly string[] ApiKeys =
    [
        "produce", "fetch", "offsets", "metadata", "leaderandisr", "stopreplica", "updatemetadata", "controlledshutdown",
        "offsetcommit", "offsetfetch", "findcoordinator", "joingroup", "heartbeat", "leavegroup", "syncgroup", "describegroups",
        "listgroups", "saslhandshake", "apiversions", "createtopics", "deletetopics", "deleterecords", "initproducerid",
        "offsetforleaderepoch", "addpartitionstotxn", "addoffsetstotxn", "endtxn", "writetxnmarkers", "txnoffsetcommit",
        "describeacls", "createacls", "deleteacls", "describeconfigs", "alterconfigs",
    ];

    public KafkaRule Read(YamlMapping item)
    {
        fields.CheckFields(item, "a Kafka rule", CiliumFields.Kafka);
        var role = ReadWord(item, "role", Roles, "a role; write produce or consume");
        var apiKey = ReadWord(item, "apiKey", ApiKeys, "an API key of Kafka");
        if (role is not null && apiKey is not null)
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.KafkaRoleWithKey, item.Find("apiKey")!);
        }

        var version = Read(item, "apiVersion", IsVersion, "an API version: use digits, at most 32767");
        var topic = Read(item, "topic", IsTopic, "a topic: use at most 255 letters, digits, \".\", \"_\" and \"-\"");
        return new KafkaRule(role, apiKey, version, Read(item, "clientID", _ => true, ""), topic, item.Span);
    }

    private static bool IsVersion(string text) => short.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsTopic(string text) =>
        text.Length <= MaxTopic && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Roles and API keys are compared without regard to case.</summary>
    private string? ReadWord(YamlMapping item, string name, string[] known, string expected)
    {
        var text = Read(item, name, t => known.Contains(t, StringComparer.OrdinalIgnoreCase), expected);
        return text?.ToLowerInvariant();
    }

    private string? Read(YamlMapping item, string name, Func<string, bool> isValid, string expected)
    {
        if (fields.Text(item, name) is not { Text.Length: > 0 } node)
        {
            return null;
        }

        if (!isValid(node.Text))
        {
            fields.Findings.ReportField(CiliumProxyDiagnostics.InvalidKafkaValue, node, Quote.Shorten(node.Text), expected);
        }

        return node.Text;
    }
}
