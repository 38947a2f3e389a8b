using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary><c>serverNames</c> of an item of toPorts: names of TLS servers, exact or with a leading wildcard.</summary>
internal sealed class ServerNameReader(FieldReader fields)
{
    public ImmutableArray<NamePattern> Read(YamlMapping item)
    {
        var names = ImmutableArray.CreateBuilder<NamePattern>();
        foreach (var node in fields.Items(item, "serverNames"))
        {
            if (!fields.IsText(node, out var text))
            {
                continue;
            }

            var name = NamePatternReader.Normalize(FieldReader.Content(text));
            var wildcard = name.StartsWith("**.", StringComparison.Ordinal) ? 3 : name.StartsWith("*.", StringComparison.Ordinal) ? 2 : 0;
            if (!NamePatternReader.IsName(name.AsSpan(wildcard), isPattern: false))
            {
                fields.Findings.ReportField(CiliumProxyDiagnostics.InvalidServerName, node, Quote.Shorten(text.Text));
            }

            names.Add(new NamePattern(name, wildcard > 0, node.Span));
        }

        return names.DrainToImmutable();
    }
}
