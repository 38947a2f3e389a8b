using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Items of <c>http</c>.</summary>
internal sealed class HttpRuleReader(FieldReader fields)
{
    public static readonly string[] Mismatches = ["LOG", "ADD", "DELETE", "REPLACE"];

    private readonly SecretReader _secrets = new(fields);

    public HttpRule Read(YamlMapping item)
    {
        fields.CheckFields(item, "an HTTP rule", CiliumFields.Http);
        return new HttpRule(
            ReadExpression(item, "method"),
            ReadExpression(item, "path"),
            ReadExpression(item, "host"),
            ReadHeaders(item),
            [.. fields.Mappings(item, "headerMatches").Select(ReadHeaderMatch).OfType<HeaderMatch>()],
            item.Span);
    }

    private string? ReadExpression(YamlMapping item, string name)
    {
        if (fields.Text(item, name) is not { Text.Length: > 0 } node)
        {
            return null;
        }

        if (ExpressionProblem(node.Text) is { } problem)
        {
            fields.Findings.ReportField(
                CiliumProxyDiagnostics.InvalidExpression, node, Quote.Shorten(node.Text), Quote.Shorten(problem));
        }

        return node.Text;
    }

    /// <summary>
    /// The proxy's engine is RE2, which has neither look-around nor back references; nor have .NET's expressions without
    /// backtracking. RE2 alone spells named groups <c>(?P&lt;name&gt;</c>.
    /// </summary>
    private static string? ExpressionProblem(string text)
    {
        try
        {
            var spelt = text.Replace("(?P<", "(?<", StringComparison.Ordinal);
            _ = new Regex(spelt, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (RegexParseException e)
        {
            return $"{e.Error} at offset {e.Offset}";
        }
        catch (NotSupportedException)
        {
            return "it has a look-around, a back reference or another construct that RE2 does not have";
        }
    }

    private ImmutableArray<string> ReadHeaders(YamlMapping item)
    {
        var headers = ImmutableArray.CreateBuilder<string>();
        foreach (var node in fields.Items(item, "headers"))
        {
            if (!fields.IsText(node, out var text))
            {
                continue;
            }

            if (FieldReader.Content(text).AsSpan().Trim().IsEmpty)
            {
                fields.Findings.ReportField(CiliumProxyDiagnostics.HeaderNameMissing, node);
            }

            headers.Add(text.Text);
        }

        return headers.DrainToImmutable();
    }

    private HeaderMatch? ReadHeaderMatch(YamlMapping item)
    {
        fields.CheckFields(item, "a header match", CiliumFields.HeaderMatch);
        var mismatch = ReadMismatch(item);
        var value = fields.Text(item, "value") is { Text.Length: > 0 } text ? text.Text : null;
        var secret = FieldReader.Find(item, "secret") is null ? null : _secrets.Read(item);
        if (fields.Text(item, "name") is { Text.Length: > 0 } name)
        {
            return new HeaderMatch(name.Text, value, secret, mismatch, item.Span);
        }

        fields.Findings.ReportField(CiliumProxyDiagnostics.HeaderNameMissing, item.Find("name") ?? item);
        return null;
    }

    private HeaderMismatch? ReadMismatch(YamlMapping item)
    {
        if (fields.Text(item, "mismatch") is not { Text.Length: > 0 } node)
        {
            return null;
        }

        var index = Array.IndexOf(Mismatches, node.Text);
        if (index >= 0)
        {
            return (HeaderMismatch)index;
        }

        fields.Findings.ReportField(
            CiliumProxyDiagnostics.UnknownMismatch, node, Quote.Shorten(node.Text), Suggestion.Clause(node.Text, Mismatches));
        return null;
    }
}
