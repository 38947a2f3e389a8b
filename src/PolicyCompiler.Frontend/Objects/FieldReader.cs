using System.Diagnostics.CodeAnalysis;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Objects;

/// <summary>
/// Typed access to fields, with the API server's ideas of absence: null is the same as a missing field, a null list
/// item the same as <c>{}</c>. A value of the wrong type is reported and then treated as missing.
/// </summary>
internal sealed class FieldReader(Findings findings)
{
    private bool _hasWarnedOfLetter;

    public Findings Findings { get; } = findings;

    public static YamlNode? Find(YamlMapping mapping, string name) =>
        mapping.Find(name) is { } node and not YamlScalar { Kind: ScalarKind.Null } ? node : null;

    /// <summary>False when a field is misspelt: then what seems to be missing may be that field, which has had its error.</summary>
    public static bool HasOnly(YamlMapping mapping, IReadOnlyCollection<string> known) =>
        mapping.Entries.All(e => known.Contains(e.Key.Text, StringComparer.Ordinal));

    public YamlMapping? Mapping(YamlMapping mapping, string name)
    {
        var node = Find(mapping, name);
        return node is null or YamlMapping ? node as YamlMapping : WrongType<YamlMapping>(node, "a mapping");
    }

    public IReadOnlyList<YamlNode> Items(YamlMapping mapping, string name) => Find(mapping, name) switch
    {
        null => [],
        YamlSequence sequence => sequence.Items,
        var node => WrongType<IReadOnlyList<YamlNode>>(node, "a list") ?? [],
    };

    /// <summary>The items of a list of objects; items of another type are reported and left out.</summary>
    public IEnumerable<YamlMapping> Mappings(YamlMapping mapping, string name)
    {
        foreach (var item in Items(mapping, name))
        {
            if (ItemMapping(item) is { } found)
            {
                yield return found;
            }
        }
    }

    public YamlScalar? Text(YamlMapping mapping, string name) =>
        Find(mapping, name) is { } node && IsText(node, out var text) ? text : null;

    /// <summary>Null counts as the empty text, as it does in the API server's maps and lists of strings.</summary>
    public bool IsText(YamlNode node, [NotNullWhen(true)] out YamlScalar? text)
    {
        text = node as YamlScalar;
        switch (text?.Kind)
        {
            case ScalarKind.String or ScalarKind.Null:
                return true;
            case null:
                WrongType<YamlScalar>(node, "text");
                return false;
            case ScalarKind.Boolean when text.Text is "y" or "Y" or "n" or "N":
                WarnOfLetter(text);
                return true;
            case ScalarKind.Boolean:
                Findings.ReportField(SchemaDiagnostics.TextExpected, node, "a boolean", Quote.Shorten(text.Text));
                return false;
            default:
                Findings.ReportField(SchemaDiagnostics.TextExpected, node, "a number", Quote.Shorten(text.Text));
                return false;
        }
    }

    /// <summary>The content of a text node: empty for null, whatever way null is written.</summary>
    public static string Content(YamlScalar text) => text.Kind == ScalarKind.Null ? "" : text.Text;

    public bool Boolean(YamlMapping mapping, string name)
    {
        var node = Find(mapping, name);
        if (node is null)
        {
            return false;
        }

        if (node is YamlScalar scalar && scalar.TryGetBoolean(out var value))
        {
            return value;
        }

        WrongType<YamlScalar>(node, "true or false");
        return false;
    }

    /// <summary>A whole number; anything else is reported.</summary>
    public bool IsInteger(YamlNode node, out long value)
    {
        if (node is YamlScalar scalar && scalar.TryGetInteger(out value))
        {
            return true;
        }

        value = 0;
        Findings.ReportField(SchemaDiagnostics.NotWholeNumber, node, node.Description);
        return false;
    }

    /// <summary>A port number from 1 to 65535; <paramref name="outOfRange"/> is reported for other whole numbers.</summary>
    public ushort? PortNumber(YamlNode node, DiagnosticDescriptor outOfRange)
    {
        if (!IsInteger(node, out var value))
        {
            return null;
        }

        if (value is < 1 or > ushort.MaxValue)
        {
            Findings.ReportField(outOfRange, node, ((YamlScalar)node).Text);
            return null;
        }

        return (ushort)value;
    }

    /// <summary>Reports every key of a policy's mapping that is not in <paramref name="known"/>.</summary>
    public void CheckFields(YamlMapping mapping, string what, ReadOnlySpan<string> known)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (!known.Contains(key.Text))
            {
                var suggestion = Suggestion.Clause(key.Text, known);
                Findings.Report(SchemaDiagnostics.UnknownField, key.Span, YamlPath.Of(value), what, Quote.Shorten(key.Text), suggestion);
            }
        }
    }

    /// <summary>
    /// YAML tools disagree on the single letters: they are text in YAML 1.2 and for many 1.1 writers, which therefore
    /// do not quote them, but kubectl refuses them. One warning a file says it.
    /// </summary>
    private void WarnOfLetter(YamlScalar letter)
    {
        if (!_hasWarnedOfLetter)
        {
            _hasWarnedOfLetter = true;
            Findings.ReportField(SchemaDiagnostics.LetterReadAsText, letter, letter.Text);
        }
    }

    private YamlMapping? ItemMapping(YamlNode item) => item switch
    {
        YamlMapping mapping => mapping,
        YamlScalar { Kind: ScalarKind.Null } => new YamlMapping(item.Span, []) { Parent = item },
        _ => WrongType<YamlMapping>(item, "a mapping"),
    };

    private T? WrongType<T>(YamlNode node, string expected)
        where T : class
    {
        Findings.ReportField(SchemaDiagnostics.WrongType, node, expected, node.Description);
        return null;
    }
}
