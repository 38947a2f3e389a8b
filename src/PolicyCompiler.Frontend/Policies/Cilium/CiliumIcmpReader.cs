using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary><c>icmps</c> of an item.</summary>
internal sealed class CiliumIcmpReader(FieldReader fields)
{
    public const int MaxFields = 40;

    public static readonly string[] Families = ["IPv4", "IPv6"];

    public ImmutableArray<CiliumIcmp> Read(YamlMapping item)
    {
        var icmps = ImmutableArray.CreateBuilder<CiliumIcmp>();
        foreach (var rule in fields.Mappings(item, "icmps"))
        {
            fields.CheckFields(rule, "an item of icmps", CiliumFields.Icmp);
            var before = icmps.Count;
            foreach (var field in fields.Mappings(rule, "fields"))
            {
                if (ReadField(field) is { } icmp)
                {
                    icmps.Add(icmp);
                }
            }

            if (icmps.Count - before > MaxFields)
            {
                fields.Findings.ReportField(CiliumPortDiagnostics.TooManyPorts, rule.Find("fields")!, icmps.Count - before, MaxFields);
            }
        }

        return icmps.DrainToImmutable();
    }

    private CiliumIcmp? ReadField(YamlMapping field)
    {
        fields.CheckFields(field, "an ICMP field", CiliumFields.IcmpField);
        var family = AddressFamily.IPv4;
        if (fields.Text(field, "family") is { Text.Length: > 0 } written)
        {
            var index = Array.IndexOf(Families, written.Text);
            if (index < 0)
            {
                var meant = Suggestion.Clause(written.Text, Families);
                fields.Findings.ReportField(CiliumPortDiagnostics.UnknownIcmpFamily, written, Quote.Shorten(written.Text), meant);
                return null;
            }

            family = index == 0 ? AddressFamily.IPv4 : AddressFamily.IPv6;
        }

        switch (FieldReader.Find(field, "type"))
        {
            case null:
                fields.Findings.ReportField(CiliumPortDiagnostics.IcmpTypeMissing, field);
                return null;
            case YamlScalar scalar when Parse(scalar, family) is { } type:
                return new CiliumIcmp(family, type, field.Span);
            case var node:
                var suggestion = node is YamlScalar { Kind: ScalarKind.String } text
                    ? Suggestion.Clause(text.Text, [.. IcmpTypes.Names(family)]) : "";
                var familyName = Families[family == AddressFamily.IPv4 ? 0 : 1];
                fields.Findings.ReportField(
                    CiliumPortDiagnostics.UnknownIcmpType, node, node.Description, familyName, suggestion);
                return null;
        }
    }

    /// <summary>A number, with or without quotes, or a name.</summary>
    private static byte? Parse(YamlScalar scalar, AddressFamily family)
    {
        if (scalar.TryGetInteger(out var number))
        {
            return number is >= 0 and <= byte.MaxValue ? (byte)number : null;
        }

        return IcmpTypes.Find(family, scalar.Text)
            ?? (byte.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var type) ? type : null);
    }
}
