namespace PolicyCompiler.Core.Proxy;

/// <summary>A request to a Kafka broker about one topic; a request about several passes when it passes for each.</summary>
/// <param name="ApiKey">Name of the request type, in lower case.</param>
/// <param name="ApiVersion">Version of the request type.</param>
/// <param name="ClientId">What the client calls itself.</param>
/// <param name="Topic">Null for request types that name none.</param>
public sealed record KafkaRequest(string ApiKey, int ApiVersion, string ClientId, string? Topic);
