using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>Objects that several kinds have.</summary>
internal static class CommonTypes
{
    public static readonly Number Port = new(1, ushort.MaxValue);

    /// <summary>Initialised before what is made with it.</summary>
    public static readonly Map Labels = new(TextTypes.LabelKey, TextTypes.LabelValue);

    public static readonly ObjectType LabelSelector = Selector("LabelSelector", "Label selector", TextTypes.LabelKey);

    private static readonly Anything Unread = new();

    /// <summary>The object as a whole: its head, then the fields of the kind.</summary>
    public static PolicySchema Kind(
        string kind, IReadOnlyList<string> apiVersions, IReadOnlyList<IReadOnlyList<string>> known, ObjectType metadata, PolicyField[] rest) =>
        new(kind, apiVersions, new ObjectType(kind, known,
        [
            Compiled("apiVersion", TextTypes.OneOf(apiVersions), "Group and version of the API.").Required(),
            Compiled("kind", TextTypes.OneOf([kind]), "Kind of the object.").Required(),
            Compiled("metadata", metadata, "Name of the object, its namespace if it has one, and its labels.").Required(),
            .. rest,
            PolicyField.Metadata("status", Unread, "What a cluster reports about the object; nothing of it is read."),
        ]));

    /// <param name="namespaceField">What the kind has for <c>namespace</c>.</param>
    /// <param name="name">What the kind may be named.</param>
    /// <param name="labels">What its labels are for.</param>
    public static ObjectType Metadata(PolicyField namespaceField, Text? name = null, PolicyField? labels = null) =>
        new("Metadata", [MetadataReader.MetadataFields],
        [
            PolicyField.Metadata("name", name ?? TextTypes.DnsSubdomain, "Name of the object, which findings and explanations cite.").Required(),
            namespaceField,
            labels ?? PolicyField.Metadata("labels", Labels, "Labels of the object itself."),
            PolicyField.Metadata("annotations", new Map(TextTypes.Any, TextTypes.Any), "Notes of tools."),
            PolicyField.Metadata("generateName", TextTypes.Any, "Beginning of a generated name; beside name it says nothing, and without name it is refused (NP1031)."),
            .. MetadataReader.MetadataFields.Skip(5).Select(f =>
                PolicyField.Metadata(f, f == "ownerReferences" ? new List(Unread) : Unread, "Bookkeeping of the API server.")),
        ]);

    public static PolicyField Namespace(string meaning) => Compiled("namespace", TextTypes.DnsLabel, meaning);

    public static PolicyField NoNamespace(DiagnosticDescriptor finding) =>
        Rejected("namespace", TextTypes.DnsLabel, finding, "The kind is cluster-wide and has no namespace.");

    public static ObjectType Selector(string name, string title, Text key) => new(name, [LabelReader.SelectorFields],
    [
        Compiled("matchLabels", Labels with { Key = key }, "Labels that must have these values, all of them."),
        Compiled("matchExpressions", new List(Requirement(name + "Requirement", key)), "Further requirements; all must hold, matchLabels too."),
    ])
    {
        Title = title,
    };

    private static ObjectType Requirement(string name, Text key) => new(name, [LabelReader.RequirementFields],
    [
        Compiled("key", key, "Key of the label.").Required(),
        Compiled("operator", TextTypes.OneOf(LabelReader.Operators), "NotIn and DoesNotExist hold where the label is absent, too.").Required(),
        Compiled("values", new List(TextTypes.LabelValue), "Values for In and NotIn, at least one; none for the others."),
    ])
    {
        Rules =
        [
            new FieldRule.When("operator", ["In", "NotIn"], "values", new List(TextTypes.LabelValue) { Min = 1 }),
            new FieldRule.When("operator", ["Exists", "DoesNotExist"], "values", new List(TextTypes.LabelValue) { Max = 0 }),
        ],
    };
}
