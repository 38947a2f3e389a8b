using System.Collections;
using System.Reflection;
using System.Text;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>A model as text: every property of every record, without the places in the source.</summary>
internal static class ModelText
{
    private const int MaxDepth = 40;

    public static string Of(object model)
    {
        var text = new StringBuilder();
        Append(text, model, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        Assert.True(depth < MaxDepth);
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case SourceSpan:
                break;
            case string or IFormattable or bool:
                text.Append(value);
                break;
            case IEnumerable items when value.GetType().GetProperty("IsDefault") is not { } isDefault || isDefault.GetValue(value) is false:
                foreach (var item in items)
                {
                    text.Append("- ");
                    Append(text, item, depth + 1);
                }

                break;
            default:
                text.Append(value.GetType().Name);
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
                {
                    text.Append($" {property.Name}=");
                    Append(text, property.GetValue(value), depth + 1);
                }

                text.Append('\n');
                break;
        }
    }
}
