using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.L7;

/// <summary>A listener of an Envoy configuration that connections are sent to.</summary>
/// <param name="ConfigurationKind"><c>CiliumEnvoyConfig</c> or <c>CiliumClusterwideEnvoyConfig</c>.</param>
/// <param name="ConfigurationName">Name of that object.</param>
/// <param name="Name">Name of the listener in it.</param>
/// <param name="Priority">1 to 100, lower wins; null: lowest of all.</param>
/// <param name="Span">The <c>listener</c> field.</param>
public sealed record ProxyListener(string ConfigurationKind, string ConfigurationName, string Name, int? Priority, SourceSpan Span);
