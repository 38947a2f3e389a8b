using System.Text.Json.Nodes;
using PolicyCompiler.Frontend.Schema;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>Policies made from the descriptions: as little as possible beside the field in question.</summary>
internal static class SamplePolicy
{
    /// <summary>A policy with the field.</summary>
    /// <param name="path">The field.</param>
    /// <param name="value">Its value; null for a valid one.</param>
    public static JsonObject With(FieldPath path, JsonNode? value = null) =>
        Build(path.Schema.Root, [.. path.Fields], value ?? Value(path.Field.Type));

    /// <summary>The same policy without the field.</summary>
    public static JsonObject Without(FieldPath path)
    {
        var policy = With(path);
        ((JsonObject)Parent(policy, path)).Remove(path.Field.Name);
        return policy;
    }

    /// <summary>A policy with one more field, that nobody knows, in the object that the field is or lists.</summary>
    public static JsonObject WithUnknownIn(FieldPath path, string name)
    {
        var policy = With(path);
        var node = Parent(policy, path)[path.Field.Name]!;
        while (node is JsonArray items)
        {
            node = items[0]!;
        }

        node[name] = 1;
        return policy;
    }

    /// <summary>Valid values that differ from each other as far as the type has more than one.</summary>
    public static IEnumerable<JsonNode> Values(FieldType type) => type switch
    {
        FieldType.Boolean => [true, false],
        FieldType.Text { Words.Count: > 0 } text => text.Words.Select(w => (JsonNode)w),
        FieldType.Number number => [number.Min, number.Max],
        FieldType.List list => Values(list.Item).Select(v => new JsonArray(v)),
        _ => [Value(type)],
    };

    public static JsonNode Value(FieldType type) => type switch
    {
        FieldType.Anything => new JsonArray(),
        FieldType.Boolean => true,
        FieldType.Text text => text.Words.Count > 0 ? text.Words[0] : text.Example,
        FieldType.Number number => number.Min,
        FieldType.NumberOrText either => either.AsNumber.Min,
        FieldType.Map map => new JsonObject { [map.Key.Example] = Value(map.Value) },
        FieldType.List { Item: FieldType.Anything } => new JsonArray(),
        FieldType.List list => new JsonArray(Value(list.Item)),
        ObjectType known => Build(known, [], null),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static JsonObject Build(ObjectType type, ReadOnlySpan<PolicyField> path, JsonNode? value)
    {
        var sample = Beginning(type);
        if (path.Length > 0)
        {
            sample[path[0].Name] = path.Length == 1 ? value : Wrap(path[0].Type, path[1..], value);
        }

        foreach (var field in type.Fields.Where(f => f.IsRequired && !sample.ContainsKey(f.Name)))
        {
            sample[field.Name] = Value(field.Type);
        }

        foreach (var rule in type.Rules)
        {
            // A field that cannot stand here may take the place of those that can.
            if (rule is not FieldRule.ExactlyOne || path.Length == 0 || path[0].Status != FieldStatus.Rejected)
            {
                Satisfy(rule, type, sample);
            }
        }

        return sample;
    }

    /// <summary>What the descriptions cannot say: rules of a protocol are for TCP, and a range goes up.</summary>
    private static JsonObject Beginning(ObjectType type) => (type.Name, type.Title) switch
    {
        ("PortRange", _) => new JsonObject { ["start"] = 1, ["end"] = 65535 },
        (_, "Cilium port") => new JsonObject { ["protocol"] = "TCP" },
        _ => [],
    };

    private static JsonNode Wrap(FieldType type, ReadOnlySpan<PolicyField> path, JsonNode? value) =>
        type is FieldType.List list ? new JsonArray(Wrap(list.Item, path, value)) : Build((ObjectType)type, path, value);

    private static void Satisfy(FieldRule rule, ObjectType type, JsonObject sample)
    {
        switch (rule)
        {
            case FieldRule.ExactlyOne(var names) when !names.Any(sample.ContainsKey):
                Add(names);
                break;
            case FieldRule.AtLeastOne(var names) when !names.Any(sample.ContainsKey):
                Add(names);
                break;
            case FieldRule.Needs(var name, var needed, var neededType) when sample.ContainsKey(name) && !sample.ContainsKey(needed):
                sample[needed] = Value(neededType);
                break;
            case FieldRule.When(var name, var words, var other, { Min: > 0 } list) when words.Contains(sample[name]?.ToString()) && !sample.ContainsKey(other):
                sample[other] = Value(list);
                break;
        }

        void Add(IReadOnlyList<string> names)
        {
            var field = type.Fields.First(f => f.Name == names[0]);
            sample[field.Name] = Value(field.Type);
        }
    }

    private static JsonNode Parent(JsonObject policy, FieldPath path)
    {
        JsonNode node = policy;
        foreach (var field in path.Fields.SkipLast(1))
        {
            node = node[field.Name]!;
            while (node is JsonArray items)
            {
                node = items[0]!;
            }
        }

        return node;
    }
}
