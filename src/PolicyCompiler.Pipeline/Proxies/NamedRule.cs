using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Pipeline.Proxies;

/// <summary>The L7 part of a policy rule under a name that no other rule of the document has.</summary>
internal sealed record NamedRule(string Name, ProxyRule Rule);
