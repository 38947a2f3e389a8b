using System.Text.Json.Nodes;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Schema;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>Readers do with every field, in every place that it has, what its description says.</summary>
public sealed class FieldTests
{
    private const string Unknown = "unheardOf";

    public static TheoryData<string> Kinds => [.. PolicySchemas.All.Select(s => s.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Accepted_fields_are_read_without_an_error(string kind) => Assert.All(Paths(kind, f => f.Status != FieldStatus.Rejected), path =>
    {
        var policy = SamplePolicy.With(path);
        Assert.DoesNotContain(Read(policy), d => d.Severity == DiagnosticSeverity.Error);
        AssertValid(path.Schema, policy);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rejected_fields_are_reported_with_their_code(string kind) => Assert.All(Paths(kind, f => f.Status == FieldStatus.Rejected), path =>
    {
        var policy = SamplePolicy.With(path);
        Assert.Equal([path.Field.Finding!.Code], Read(policy).Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Code));
        AssertInvalid(path.Schema, policy);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Deprecated_fields_with_a_code_are_warned_of(string kind) => Assert.All(Paths(kind, f => f is { IsDeprecated: true, Finding: not null }), path =>
        Assert.Contains(Read(SamplePolicy.With(path)), d => d.Code == path.Field.Finding!.Code && d.Severity == DiagnosticSeverity.Warning));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Compiled_and_carried_fields_change_what_is_read(string kind) => Assert.All(
        Paths(kind, f => f.Status is FieldStatus.Compiled or FieldStatus.Carried && FieldPath.ObjectOf(f.Type) is null && !HasOnlyItsDefault(f)),
        path => Assert.True(
            SamplePolicy.Values(path.Field.Type).Select(v => SamplePolicy.With(path, v)).Prepend(SamplePolicy.Without(path))
                .Select(p => ModelText.Of(Reading.Read(p.ToJsonString()).Value!)).Distinct().Count() > 1));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Unknown_fields_are_errors_in_every_object(string kind)
    {
        var schema = PolicySchemas.All.Single(s => s.Kind == kind);
        var atTop = SamplePolicy.With(Paths(kind, f => f.Name == "spec").First());
        atTop[Unknown] = 1;
        AssertUnknown(schema, atTop);
        Assert.All(Paths(kind, f => f.Status != FieldStatus.Rejected && FieldPath.ObjectOf(f.Type) is not null), path =>
            AssertUnknown(schema, SamplePolicy.WithUnknownIn(path, Unknown)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_of_the_wrong_type_are_errors(string kind) => Assert.All(
        Paths(kind, f => f.Status != FieldStatus.Rejected && f.Type is not FieldType.Anything),
        path =>
        {
            JsonNode wrong = path.Field.Type is FieldType.List or FieldType.Map or ObjectType ? true : new JsonArray(1);
            var policy = SamplePolicy.With(path, wrong);
            Assert.Contains(Read(policy), d => d.Severity == DiagnosticSeverity.Error);
            AssertInvalid(path.Schema, policy);
        });

    private static bool HasOnlyItsDefault(PolicyField field) => field is { IsRequired: false, Type: FieldType.Text { Words.Count: 1 } };

    private static void AssertUnknown(PolicySchema schema, JsonObject policy)
    {
        Assert.Contains(SchemaDiagnostics.UnknownField.Code, Read(policy).Select(d => d.Code));
        AssertInvalid(schema, policy);
    }

    private static IEnumerable<FieldPath> Paths(string kind, Func<PolicyField, bool> filter) =>
        FieldPath.All.Where(p => p.Schema.Kind == kind && filter(p.Field));

    private static IEnumerable<Diagnostic> Read(JsonObject policy) => Reading.Read(policy.ToJsonString()).Diagnostics;

    private static void AssertValid(PolicySchema schema, JsonObject policy) =>
        Assert.True(SchemaValidator.IsValid(schema, policy), policy.ToJsonString());

    private static void AssertInvalid(PolicySchema schema, JsonObject policy) =>
        Assert.False(SchemaValidator.IsValid(schema, policy), policy.ToJsonString());
}
