using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tests.Proxy;

public sealed class KafkaRuleMatcherTests
{
    [Theory]
    [InlineData("produce", null, "produce", true)]
    [InlineData("produce", null, "metadata", true)]
    [InlineData("produce", null, "fetch", false)]
    [InlineData("consume", null, "fetch", true)]
    [InlineData("consume", null, "syncgroup", true)]
    [InlineData("consume", null, "produce", false)]
    [InlineData("admin", null, "produce", false)]
    [InlineData(null, "fetch", "fetch", true)]
    [InlineData(null, "fetch", "produce", false)]
    [InlineData(null, null, "deletetopics", true)]
    public void RolesAreSetsOfRequestTypes(string? role, string? apiKey, string asked, bool expected) =>
        Assert.Equal(expected, KafkaRuleMatcher.Matches(Rule(role, apiKey), new KafkaRequest(asked, 1, "client", "orders")));

    [Theory]
    [InlineData("produce", "orders", true)]
    [InlineData("produce", "other", false)]
    [InlineData("produce", null, false)]
    [InlineData("heartbeat", null, true)]
    public void ATopicCountsWhereRequestsNameOne(string apiKey, string? topic, bool expected) =>
        Assert.Equal(expected, KafkaRuleMatcher.Matches(Rule() with { Topic = "orders" }, new KafkaRequest(apiKey, 1, "client", topic)));

    [Fact]
    public void VersionAndClientMustBeTheStatedOnes()
    {
        var request = new KafkaRequest("fetch", 3, "client", "orders");
        Assert.True(KafkaRuleMatcher.Matches(Rule() with { ApiVersion = "3", ClientId = "client" }, request));
        Assert.False(KafkaRuleMatcher.Matches(Rule() with { ApiVersion = "2" }, request));
        Assert.False(KafkaRuleMatcher.Matches(Rule() with { ClientId = "other" }, request));
    }

    private static KafkaRule Rule(string? role = null, string? apiKey = null) => new(role, apiKey, null, null, null, SourceSpan.None);
}
