using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>Addresses that objects state.</summary>
internal sealed class AddressReader(FieldReader fields)
{
    /// <summary>Null for empty text, which means no address, and for what is not an address, which has been reported.</summary>
    public IpAddress? Read(YamlNode node)
    {
        if (!fields.IsText(node, out var text) || FieldReader.Content(text).Length == 0)
        {
            return null;
        }

        if (IpAddress.TryParse(text.Text, out var address))
        {
            return address;
        }

        fields.Findings.ReportField(ClusterDiagnostics.InvalidAddress, node, Quote.Shorten(text.Text));
        return null;
    }
}
