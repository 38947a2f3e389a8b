using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>DNS names and patterns: items of toFQDNs and of DNS rules.</summary>
internal sealed class NamePatternReader(FieldReader fields)
{
    public const int MaxLength = 255;
    private const string EveryName = "*";

    /// <param name="item">The item with matchName or matchPattern.</param>
    /// <param name="takeBoth">A DNS rule may have both, and allows what either of them matches.</param>
    public IReadOnlyList<NamePattern> Read(YamlMapping item, bool takeBoth)
    {
        fields.CheckFields(item, "a name", CiliumFields.Name);
        var written = CiliumFields.Name.Select(f => FieldReader.Find(item, f))
            .Where(n => n is not null and not YamlScalar { Text.Length: 0 }).ToList();
        if (written.Count == 2 ? !takeBoth : written.Count == 0 && FieldReader.HasOnly(item, CiliumFields.Name))
        {
            fields.Findings.ReportField(CiliumPeerDiagnostics.NameMembers, item, written.Count == 0 ? "one" : "only one");
        }

        var found = new List<NamePattern>(written.Count);
        if (fields.Text(item, "matchName") is { Text.Length: > 0 } name)
        {
            found.Add(Parse(name, isPattern: false));
        }

        if (fields.Text(item, "matchPattern") is { Text.Length: > 0 } pattern)
        {
            found.Add(Parse(pattern, isPattern: true));
        }

        return found;
    }

    /// <summary>Labels with a dot between them: the schema's pattern, which the agent's own check is part of.</summary>
    public static bool IsName(ReadOnlySpan<char> text, bool isPattern)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (var range in text.Split('.'))
        {
            if (text[range].IsEmpty)
            {
                return false;
            }

            foreach (var c in text[range])
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_') && !(isPattern && c == '*'))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The text as names are compared: in lower case, without the trailing dot.</summary>
    public static string Normalize(string text) => (text.EndsWith('.') ? text[..^1] : text).ToLowerInvariant();

    private NamePattern Parse(YamlScalar node, bool isPattern)
    {
        var text = Normalize(node.Text);
        if (!IsName(text, isPattern))
        {
            var expected = isPattern
                ? "a pattern of DNS names: use letters, digits, \"-\", \"_\", \"*\" and single dots, at most 255 in all"
                : "a DNS name: use letters, digits, \"-\", \"_\" and single dots, at most 255 in all";
            fields.Findings.ReportField(CiliumPeerDiagnostics.InvalidName, node, Quote.Shorten(node.Text), expected);
        }

        // However many stars alone are every name.
        return new NamePattern(isPattern && text.AsSpan().Trim('*').IsEmpty ? EveryName : text, isPattern, node.Span);
    }
}
