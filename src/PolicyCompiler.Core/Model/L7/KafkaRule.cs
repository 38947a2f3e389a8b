using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.L7;

/// <summary>One Kafka rule; what is null is no condition.</summary>
/// <param name="Role"><c>produce</c> or <c>consume</c>: a set of API keys.</param>
/// <param name="ApiKey">Name of a request type, in lower case.</param>
/// <param name="ApiVersion">Version of the request type, as digits.</param>
/// <param name="ClientId">Name of the client.</param>
/// <param name="Topic">Name of the topic.</param>
/// <param name="Span">The list item.</param>
public sealed record KafkaRule(string? Role, string? ApiKey, string? ApiVersion, string? ClientId, string? Topic, SourceSpan Span);
