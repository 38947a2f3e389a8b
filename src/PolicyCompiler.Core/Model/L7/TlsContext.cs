using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.L7;

/// <summary>A <c>terminatingTLS</c> or <c>originatingTLS</c> block: where the proxy finds its keys and certificates.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="TrustedCa">Key of the trusted authorities in the secret; null: the default name.</param>
/// <param name="Certificate">Key of the certificate; null: the default name.</param>
/// <param name="PrivateKey">Key of the private key; null: the default name.</param>
/// <param name="Span">The block.</param>
public sealed record TlsContext(SecretReference Secret, string? TrustedCa, string? Certificate, string? PrivateKey, SourceSpan Span);
