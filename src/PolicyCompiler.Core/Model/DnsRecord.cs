using System.Collections.Immutable;

namespace PolicyCompiler.Core.Model;

/// <summary>Addresses of a DNS name.</summary>
/// <param name="Name">Lower case, without a trailing dot.</param>
/// <param name="Addresses">In order, without repetition.</param>
public sealed record DnsRecord(string Name, ImmutableArray<IpAddress> Addresses);
