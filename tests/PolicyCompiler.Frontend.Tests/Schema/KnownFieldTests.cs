using System.Reflection;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Policies;
using PolicyCompiler.Frontend.Policies.Admin;
using PolicyCompiler.Frontend.Policies.Cilium;
using PolicyCompiler.Frontend.Schema;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>The descriptions name what the readers know, all of it and nothing else.</summary>
public sealed class KnownFieldTests
{
    /// <summary>Only in a list that is put together from it.</summary>
    private static readonly string[] OnlyInParts = ["CiliumFields.DenyPortRule"];

    private static readonly IReadOnlyList<ObjectType> Objects =
    [
        .. PolicySchemas.All.Select(s => s.Root),
        .. FieldPath.All.Where(p => p.Field.Status != FieldStatus.Rejected).Select(p => FieldPath.ObjectOf(p.Field.Type)).OfType<ObjectType>(),
    ];

    [Fact]
    public void Every_object_describes_the_fields_of_its_lists() => Assert.All(Objects, o => Assert.Equal(
        o.Known.SelectMany(k => k).Distinct().Order(StringComparer.Ordinal), o.Fields.Select(f => f.Name).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData(typeof(NetworkPolicyFields))]
    [InlineData(typeof(CiliumFields))]
    [InlineData(typeof(AdminFields))]
    [InlineData(typeof(AdminVariant))]
    [InlineData(typeof(MetadataReader))]
    [InlineData(typeof(LabelReader))]
    [InlineData(typeof(CiliumAuthenticationReader))]
    [InlineData(typeof(CiliumCidrRuleReader))]
    [InlineData(typeof(CiliumIcmpReader))]
    [InlineData(typeof(CiliumPortReader))]
    [InlineData(typeof(CiliumRuleReader))]
    [InlineData(typeof(CidrGroupReader))]
    [InlineData(typeof(HttpRuleReader))]
    [InlineData(typeof(KafkaRuleReader))]
    [InlineData(typeof(L7RulesReader))]
    public void Every_list_of_the_readers_is_in_a_description(Type readers)
    {
        var used = Objects.SelectMany(Lists).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        var lists = readers.GetFields(BindingFlags.Static | BindingFlags.Public).Where(f => f.FieldType == typeof(string[]))
            .Where(f => !OnlyInParts.Contains($"{readers.Name}.{f.Name}"));
        Assert.Empty(lists.Where(f => !used.Contains(f.GetValue(null)!)).Select(f => f.Name));
    }

    [Fact]
    public void What_a_deny_rule_refuses_is_all_but_its_own_fields() => Assert.All(
        Objects.Where(o => o.Name == "DenyPortRule"),
        o => Assert.Equal(CiliumFields.DenyPortRule, o.Fields.Where(f => f.Status != FieldStatus.Rejected).Select(f => f.Name)));

    [Fact]
    public void Every_code_has_a_page() => Assert.All(
        FieldPath.All.Select(p => p.Field.Finding).OfType<Core.Diagnostics.DiagnosticDescriptor>().Distinct(),
        d =>
        {
            Assert.Contains(d, FrontendDiagnostics.All);
            Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", "diagnostics", d.Code + ".md")));
        });

    [Fact]
    public void Every_field_has_a_meaning_of_one_line() => Assert.All(
        FieldPath.All.Select(p => p.Field), f => Assert.Matches(@"^[A-Z*].{5,160}[.]$", f.Meaning));

    private static IEnumerable<object> Lists(ObjectType type) =>
    [
        .. type.Known,
        .. type.Rules.Select(r => r switch
        {
            FieldRule.ExactlyOne one => one.Names,
            FieldRule.AtLeastOne one => one.Names,
            FieldRule.AtMostOne one => one.Names,
            _ => (object)"none",
        }),
        .. type.Fields.SelectMany(f => Words(f.Type)),
    ];

    private static IEnumerable<object> Words(FieldType type) => type switch
    {
        FieldType.Text text => [text.Words],
        FieldType.List list => Words(list.Item),
        _ => [],
    };
}
