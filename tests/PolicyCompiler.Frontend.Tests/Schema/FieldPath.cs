using PolicyCompiler.Frontend.Schema;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>A place in a kind: the fields on the way to it, the last one its own.</summary>
internal sealed record FieldPath(PolicySchema Schema, IReadOnlyList<PolicyField> Fields)
{
    public PolicyField Field => Fields[^1];

    /// <summary>Every field of every kind; behind rejected ones nothing more.</summary>
    public static IReadOnlyList<FieldPath> All { get; } = [.. PolicySchemas.All.SelectMany(s => Below(s, s.Root, []))];

    /// <summary>The object that the type is or lists.</summary>
    public static ObjectType? ObjectOf(FieldType type) => type is FieldType.List list ? ObjectOf(list.Item) : type as ObjectType;

    public override string ToString() =>
        $"{Schema.Kind}: {string.Join('.', Fields.Select(f => f.Type is FieldType.List ? f.Name + "[]" : f.Name))}";

    private static IEnumerable<FieldPath> Below(PolicySchema schema, ObjectType type, IReadOnlyList<PolicyField> before)
    {
        foreach (var field in type.Fields)
        {
            PolicyField[] fields = [.. before, field];
            yield return new FieldPath(schema, fields);
            if (field.Status != FieldStatus.Rejected && ObjectOf(field.Type) is { } inner)
            {
                foreach (var path in Below(schema, inner, fields))
                {
                    yield return path;
                }
            }
        }
    }
}
