using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>Addresses of <paramref name="Cidr"/> that are in none of <paramref name="Except"/>. Equality ignores the span.</summary>
public sealed record IpBlock(IpPrefix Cidr, ImmutableArray<IpPrefix> Except, SourceSpan Span)
{
    public bool Contains(IpAddress address)
    {
        if (!Cidr.Contains(address))
        {
            return false;
        }

        foreach (var except in Except)
        {
            if (except.Contains(address))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(IpBlock? other) => other is not null && Cidr == other.Cidr && Except.SequenceEqual(other.Except);

    public override int GetHashCode() => HashCode.Combine(Cidr, Except.Length);

    public override string ToString() => Except.IsEmpty ? Cidr.ToString() : $"{Cidr} except {string.Join(", ", Except)}";
}
