using System.Collections.Frozen;
using System.Globalization;
using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Core.Proxy;

/// <summary>Whether a request meets a Kafka rule (cilium: pkg/policy/api/kafka.go).</summary>
public static class KafkaRuleMatcher
{
    /// <summary>What a producer must be able to ask.</summary>
    private static readonly FrozenSet<string> Produce = FrozenSet.Create(StringComparer.Ordinal, "produce", "metadata", "apiversions");

    /// <summary>What a consumer must be able to ask.</summary>
    private static readonly FrozenSet<string> Consume = FrozenSet.Create(
        StringComparer.Ordinal,
        "fetch", "offsets", "metadata", "offsetcommit", "offsetfetch", "findcoordinator",
        "joingroup", "heartbeat", "leavegroup", "syncgroup", "apiversions");

    /// <summary>Request types that name topics; for others a rule's topic is no condition.</summary>
    private static readonly FrozenSet<string> WithTopic = FrozenSet.Create(
        StringComparer.Ordinal,
        "produce", "fetch", "offsets", "metadata", "leaderandisr", "stopreplica", "updatemetadata", "offsetcommit", "offsetfetch",
        "createtopics", "deletetopics", "deleterecords", "offsetforleaderepoch", "addpartitionstotxn", "writetxnmarkers",
        "txnoffsetcommit", "alterreplicalogdirs", "describelogdirs", "createpartitions");

    public static bool Matches(KafkaRule rule, KafkaRequest request) =>
        Allows(rule, request.ApiKey)
        && (rule.ApiVersion is null || (int.TryParse(rule.ApiVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version == request.ApiVersion))
        && (rule.ClientId is null || rule.ClientId == request.ClientId)
        && (rule.Topic is null || !WithTopic.Contains(request.ApiKey) || rule.Topic == request.Topic);

    private static bool Allows(KafkaRule rule, string apiKey) => rule.Role switch
    {
        null => rule.ApiKey is null || rule.ApiKey == apiKey,
        "produce" => Produce.Contains(apiKey),
        "consume" => Consume.Contains(apiKey),
        _ => false,
    };
}
