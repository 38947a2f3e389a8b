using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;

namespace PolicyCompiler.Frontend.Assembly;

/// <summary>
/// Addresses for endpoints that state none, from the blocks set aside for benchmarks (RFC 2544 and RFC 5180), which no
/// cluster routes: numbered in ordinal order of namespace, kind and name, past addresses in use.
/// </summary>
internal static class SyntheticAddresses
{
    private static readonly IpPrefix IPv4Block = IpPrefix.Parse("198.18.0.0/15");
    private static readonly IpPrefix IPv6Block = IpPrefix.Parse("2001:2::/48");

    public static List<Endpoint> Assign(List<Endpoint> endpoints, HashSet<IpAddress> used, Findings findings)
    {
        var ordered = endpoints.OrderBy(e => e.Namespace, StringComparer.Ordinal)
            .ThenBy(e => e.WorkloadKind, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal).ToList();
        var (ipv4, ipv6) = (IPv4Block.Address, IPv6Block.Address);
        var isExhausted = false;
        for (var i = 0; i < ordered.Count; i++)
        {
            if (!ordered[i].Addresses.IsEmpty)
            {
                continue;
            }

            ipv4 = Next(ipv4, used);
            ipv6 = Next(ipv6, used);
            if (IPv4Block.Contains(ipv4))
            {
                ordered[i] = ordered[i] with { Addresses = [ipv4, ipv6], HasSyntheticAddresses = true };
            }
            else if (!isExhausted)
            {
                isExhausted = true;
                var size = IPv4Block.Last.Value - IPv4Block.Address.Value;
                findings.Report(ClusterDiagnostics.SyntheticAddressesExhausted, ordered[i].Span, ordered[i].Reference, size);
            }
        }

        return ordered;
    }

    private static IpAddress Next(IpAddress last, HashSet<IpAddress> used)
    {
        do
        {
            last = last with { Value = last.Value + 1 };
        }
        while (used.Contains(last));

        return last;
    }
}
