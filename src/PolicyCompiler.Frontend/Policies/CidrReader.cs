using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies;

/// <summary>Address blocks that need a prefix length.</summary>
internal sealed class CidrReader(FieldReader fields)
{
    /// <summary>Null when it is not one, which has been reported; host bits are reported and masked.</summary>
    public IpPrefix? Read(YamlNode node)
    {
        if (!fields.IsText(node, out var text))
        {
            return null;
        }

        if (!IpPrefix.TryParse(text.Text, out var prefix, out var hasHostBits))
        {
            fields.Findings.ReportField(PolicyDiagnostics.InvalidCidr, node, Quote.Shorten(text.Text), Problem(text.Text));
            return null;
        }

        if (hasHostBits)
        {
            fields.Findings.ReportField(PolicyDiagnostics.HostBits, node, text.Text, prefix);
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
