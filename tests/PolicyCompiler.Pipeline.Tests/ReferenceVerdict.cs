namespace PolicyCompiler.Pipeline.Tests;

/// <summary>What <see cref="ReferenceSemantics"/> says of one side of a flow.</summary>
/// <param name="Allowed">Whether it may pass, be it through a proxy.</param>
/// <param name="Proxied">Number of the port rules whose connections a proxy serves.</param>
/// <param name="ProxyAllowsEverything">The proxy must deny nothing.</param>
/// <param name="Authenticated">Both ends must be authenticated.</param>
internal readonly record struct ReferenceVerdict(bool Allowed, int Proxied = 0, bool ProxyAllowsEverything = false, bool Authenticated = false);
