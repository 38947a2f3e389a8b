using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Addresses">status.addresses that are IP addresses, internal ones first.</param>
/// <param name="Span">Where it is stated.</param>
public sealed record Node(string Name, LabelSet Labels, ImmutableArray<IpAddress> Addresses, SourceSpan Span)
{
    /// <summary>The address of that family the node uses towards its own pods: the first, which is an internal one if there is any.</summary>
    public IpAddress? Address(AddressFamily family)
    {
        foreach (var address in Addresses)
        {
            if (address.Family == family)
            {
                return address;
            }
        }

        return null;
    }
}
