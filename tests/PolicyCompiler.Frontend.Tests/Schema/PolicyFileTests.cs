using System.Text.Json.Nodes;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>Schemas and readers agree on the policies of the cases and of the tables of findings.</summary>
public sealed class PolicyFileTests
{
    /// <summary>
    /// Errors that schemas do not see, or not always: relations between values and between objects, and syntax that is
    /// beyond a readable expression.
    /// </summary>
    private static readonly string[] BeyondSchemas =
    [
        "NP1106", "NP1112", "NP1113", "NP1131", "NP1208", "NP1224", "NP1226", "NP1242", "NP1247", "NP1252", "NP1261", "NP1262", "NP1264",
        "NP1267", "NP1268", "NP1276", "NP1279", "NP1314", "NP1315", "NP1316", "NP1317", "NP1318",
    ];

    public static TheoryData<string> Cases => [.. Repository.Cases];

    private static IEnumerable<string> Findings =>
        new[] { PolicyFindingCases.All, AdminFindingCases.All, CiliumFindingCases.All, CiliumPortFindingCases.All, ObjectFindingCases.All }
            .SelectMany(t => t).Select(c => c.Text);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Policies_of_a_case(string name) => Assert.All(
        Directory.EnumerateFiles(Repository.CasePath(name)).Where(f => Path.GetExtension(f) is ".yaml" or ".json").SelectMany(f => Policies(File.ReadAllText(f))),
        AssertAgreement);

    [Fact]
    public void Policies_of_the_tables_of_findings() => Assert.All(Findings.SelectMany(Policies), AssertAgreement);

    [Fact]
    public void What_schemas_let_through_is_no_more_than_that() => Assert.Equal(
        BeyondSchemas,
        Findings.SelectMany(Policies).Where(p => SchemaValidator.IsValid(YamlJson.SchemaOf(p)!, p)).SelectMany(Errors).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Objects_that_are_no_policies_pass_the_schema_of_all_kinds() => Assert.All(
        Repository.ValidCases.SelectMany(c => Directory.EnumerateFiles(Repository.CasePath(c), "*.yaml")).SelectMany(f => YamlJson.Objects(File.ReadAllText(f))),
        o => Assert.True(SchemaValidator.IsValidForAll(o), o.ToJsonString()));

    [Theory]
    [InlineData("apiVersion: networking.k8s.io/v1beta1\nkind: NetworkPolicy", false)]
    [InlineData("apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy", false)]
    [InlineData("apiVersion: projectcalico.org/v3\nkind: StagedNetworkPolicy", true)]
    [InlineData("apiVersion: v1\nkind: Service", true)]
    [InlineData("apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod}]", true)]
    [InlineData("apiVersion: v1\nkind: List\nitems: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {}}]", true)]
    [InlineData("apiVersion: v1\nkind: List\nitems: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {x: 1}}]", false)]
    public void Other_kinds_and_lists(string text, bool isValid) =>
        Assert.Equal(isValid, SchemaValidator.IsValidForAll(Assert.Single(YamlJson.Documents(text))));

    private static IEnumerable<JsonObject> Policies(string text) => YamlJson.Objects(text).Where(d => YamlJson.SchemaOf(d) is not null);

    private static List<string> Errors(JsonObject policy) =>
        [.. Reading.Read(policy.ToJsonString()).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Code)];

    private static void AssertAgreement(JsonObject policy)
    {
        var errors = Errors(policy);
        var isValid = SchemaValidator.IsValid(YamlJson.SchemaOf(policy)!, policy);
        Assert.Equal(isValid, SchemaValidator.IsValidForAll(policy));
        if (errors.Count == 0)
        {
            Assert.True(isValid, $"refused: {policy.ToJsonString()}");
        }
        else if (errors.Exists(e => !BeyondSchemas.Contains(e)))
        {
            Assert.False(isValid, $"let through: {string.Join(' ', errors)} {policy.ToJsonString()}");
        }
    }
}
