using System.Collections.Immutable;

namespace PolicyCompiler.Core.Proxy;

/// <summary>Whether a request meets an HTTP rule.</summary>
/// <param name="Matches">All conditions hold that deny when they do not.</param>
/// <param name="Notes">
/// The first condition that failed; or what the proxy does beyond allowing, such as adding a header. Each a clause without a
/// full stop.
/// </param>
public sealed record HttpMatch(bool Matches, ImmutableArray<string> Notes);
