using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies;

/// <summary>Address blocks of policies. Null for what is none, which has been reported.</summary>
internal sealed class CidrReader(FieldReader fields)
{
    public IpPrefix? ReadPrefix(YamlNode node) => fields.IsText(node, out var text) ? Parse(text) : null;

    /// <summary>The same, where an address without a prefix length is the block of that one address.</summary>
    public IpPrefix? ReadPrefixOrAddress(YamlNode node)
    {
        if (!fields.IsText(node, out var text))
        {
            return null;
        }

        return IpAddress.TryParse(text.Text, out var address) ? new IpPrefix(address, address.Bits) : Parse(text);
    }

    private IpPrefix? Parse(YamlScalar text)
    {
        if (!IpPrefix.TryParse(text.Text, out var prefix, out var hasHostBits))
        {
            fields.Findings.ReportField(PolicyDiagnostics.InvalidCidr, text, Quote.Shorten(text.Text), Problem(text.Text));
            return null;
        }

        if (hasHostBits)
        {
            fields.Findings.ReportField(PolicyDiagnostics.HostBits, text, text.Text, prefix);
        }

        return prefix;
    }

    private static string Problem(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return IpAddress.TryParse(text, out var address)
                ? $"it has no prefix length; for the one address write {text}/{address.Bits}"
                : "write an address and a prefix length, such as 10.0.0.0/8";
        }

        return IpAddress.TryParse(text[..slash], out var known)
            ? $"the prefix length must be a number from 0 to {known.Bits}"
            : "the part before \"/\" is not an IP address (no leading zeros, no IPv4 inside IPv6)";
    }
}
