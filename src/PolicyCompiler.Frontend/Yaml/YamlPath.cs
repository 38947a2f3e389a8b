using System.Globalization;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>
/// Names a node as the API server does: <c>spec.ingress[0].ports[1].port</c>. Only messages need it, so it is found backwards.
/// </summary>
internal static class YamlPath
{
    public static string Of(YamlNode node)
    {
        var parts = new List<string>();
        for (; node.Parent is { } parent; node = parent)
        {
            parts.Add(parent switch
            {
                YamlMapping mapping => KeyOf(mapping, node),
                YamlSequence sequence => IndexOf(sequence, node),
                _ => "",
            });
        }

        parts.Reverse();
        return parts.Count == 0 ? "the object" : string.Concat(parts).TrimStart('.');
    }

    private static string KeyOf(YamlMapping mapping, YamlNode node)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (ReferenceEquals(value, node) || ReferenceEquals(key, node))
            {
                var text = Quote.Shorten(key.Text);
                return text.AsSpan().ContainsAny('.', '/') ? $"[{text}]" : $".{text}";
            }
        }

        return "";
    }

    private static string IndexOf(YamlSequence sequence, YamlNode node)
    {
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (ReferenceEquals(sequence.Items[i], node))
            {
                return string.Create(CultureInfo.InvariantCulture, $"[{i}]");
            }
        }

        return "";
    }
}
