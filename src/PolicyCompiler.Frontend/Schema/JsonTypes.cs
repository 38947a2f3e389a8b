using System.Text.Json.Nodes;
using static PolicyCompiler.Frontend.Schema.FieldType;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>Types and fields as JSON Schemas.</summary>
internal static class JsonTypes
{
    /// <summary>The definition of an object, which may be null: a reference to it says so where it may not.</summary>
    public static JsonObject Object(ObjectType type)
    {
        var present = JsonRules.NamesThatMustNotBeNull(type);
        var schema = new JsonObject
        {
            ["type"] = OrNull("object"),
            ["properties"] = new JsonObject(type.Fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)Field(f, !f.IsRequired && !present.Contains(f.Name))))),
        };
        if (type.Fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Name).ToArray() is { Length: > 0 } required)
        {
            schema["required"] = new JsonArray(required);
        }

        schema["additionalProperties"] = false;
        JsonRules.Add(schema, type);
        return schema;
    }

    private static JsonObject Field(PolicyField field, bool mayBeNull)
    {
        var code = field.Finding is null ? "" : $" ({field.Finding.Code})";
        var schema = new JsonObject { ["description"] = field.Status == FieldStatus.Carried ? $"{field.Meaning} Carried for a proxy." : field.Meaning + code };
        if (field.IsDeprecated || field.Status == FieldStatus.Rejected)
        {
            schema["deprecated"] = true;
            schema["doNotSuggest"] = true;
        }

        if (field.Status == FieldStatus.Rejected)
        {
            AddTo(schema, JsonRules.Absent(field.Meaning + code));
            return schema;
        }

        if (field.IsDeprecated)
        {
            schema["deprecationMessage"] = field.Meaning + code;
        }

        AddTo(schema, Type(field.Type, mayBeNull));
        return schema;
    }

    /// <summary>What a value of the type must satisfy.</summary>
    public static JsonObject Type(FieldType type, bool mayBeNull) => type switch
    {
        Anything => [],
        FieldType.Boolean => new JsonObject { ["type"] = Name("boolean", mayBeNull) },
        Text text => TextSchema(text, mayBeNull),
        Number number => NumberSchema(number, mayBeNull),
        NumberOrText either => EitherSchema(either, mayBeNull),
        Map map => MapSchema(map, mayBeNull),
        List list => ListSchema(list, mayBeNull),
        ObjectType known => Reference(known, mayBeNull),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static JsonObject TextSchema(Text text, bool mayBeNull)
    {
        var schema = new JsonObject { ["type"] = Name("string", mayBeNull) };
        if (text.Words.Count == 0)
        {
            AddSyntax(schema, text);
            return schema;
        }

        var words = new JsonObject { ["enum"] = new JsonArray([.. text.Words.Select(w => JsonValue.Create(w)), .. mayBeNull ? [null] : Array.Empty<JsonNode?>()]) };
        var others = text.IgnoresCase ? $"^({string.Join('|', text.Words.Select(AnyCase))})$" : text.Pattern;
        AddTo(schema, others is null ? words : new JsonObject { ["anyOf"] = new JsonArray(words, new JsonObject { ["pattern"] = others }) });
        return schema;
    }

    private static void AddSyntax(JsonObject schema, Text text)
    {
        if (text.Pattern is { } pattern)
        {
            schema["pattern"] = pattern;
            AddMessage(schema, text);
        }
        else if (!text.MayBeEmpty)
        {
            schema["minLength"] = 1;
        }

        if (text.MaxLength is { } length)
        {
            schema["maxLength"] = length;
        }
    }

    private static void AddMessage(JsonObject schema, Text text)
    {
        if (text.Otherwise is { } message)
        {
            schema["patternErrorMessage"] = message;
        }
    }

    private static string AnyCase(string word) =>
        string.Concat(word.Select(c => char.IsAsciiLetter(c) ? $"[{char.ToUpperInvariant(c)}{char.ToLowerInvariant(c)}]" : $"{c}"));

    private static JsonObject NumberSchema(Number number, bool mayBeNull) =>
        new() { ["type"] = Name("integer", mayBeNull), ["minimum"] = number.Min, ["maximum"] = number.Max };

    /// <summary>Limits are for numbers and expressions for texts, so that one schema can have both.</summary>
    private static JsonObject EitherSchema(NumberOrText either, bool mayBeNull)
    {
        var schema = NumberSchema(either.AsNumber, mayBeNull: false);
        if (either.AsText.Words.Count > 0)
        {
            var alternatives = new JsonArray(schema, TextSchema(either.AsText, mayBeNull: false));
            return new JsonObject { ["anyOf"] = mayBeNull ? new JsonArray([.. alternatives, new JsonObject { ["type"] = "null" }]) : alternatives };
        }

        AddSyntax(schema, either.AsText);
        schema["type"] = mayBeNull ? new JsonArray("integer", "string", "null") : new JsonArray("integer", "string");
        return schema;
    }

    private static JsonObject MapSchema(Map map, bool mayBeNull)
    {
        var schema = new JsonObject { ["type"] = Name("object", mayBeNull), ["additionalProperties"] = TextSchema(map.Value, map.Value.MayBeEmpty) };
        if (map.Key.Pattern is { } pattern)
        {
            var names = new JsonObject { ["pattern"] = pattern };
            AddMessage(names, map.Key);
            schema["propertyNames"] = names;
        }

        return schema;
    }

    private static JsonObject ListSchema(List list, bool mayBeNull)
    {
        var mayItemBeNull = list.Item is Text { MayBeEmpty: true } or ObjectType { MayBeEmpty: true };
        var schema = new JsonObject { ["type"] = Name("array", mayBeNull), ["items"] = Type(list.Item, mayItemBeNull) };
        if (list.Min > 0)
        {
            schema["minItems"] = list.Min;
        }

        if (list.Max is { } max)
        {
            schema["maxItems"] = max;
        }

        if (list.IsSet)
        {
            schema["uniqueItems"] = true;
        }

        return schema;
    }

    /// <summary>Beside <c>$ref</c> draft 7 ignores everything else, so it stands in an <c>allOf</c>.</summary>
    private static JsonObject Reference(ObjectType type, bool mayBeNull)
    {
        var schema = new JsonObject { ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/definitions/" + type.Name }) };
        if (!mayBeNull)
        {
            schema["type"] = "object";
        }

        return schema;
    }

    private static JsonNode Name(string type, bool mayBeNull) => mayBeNull ? OrNull(type) : JsonValue.Create(type);

    private static JsonArray OrNull(string type) => new(type, "null");

    private static void AddTo(JsonObject schema, JsonObject more)
    {
        foreach (var (name, value) in more)
        {
            schema[name] = value?.DeepClone();
        }
    }
}
