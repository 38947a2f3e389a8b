using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Diagnostics;

namespace PolicyCompiler.Frontend.Tests;

public sealed class FindingTests
{
    /// <summary>Codes whose cases need inputs too large for a table; they are shown by <see cref="HostileInputTests"/>.</summary>
    private static readonly string[] ShownElsewhere = ["NP0101", "NP1003", "NP1004", "NP1005", "NP1159"];

    private static FindingCase[] Cases =>
    [
        .. PolicyFindingCases.All, .. AdminFindingCases.All, .. CiliumFindingCases.All, .. CiliumPortFindingCases.All,
        .. ObjectFindingCases.All,
    ];

    public static TheoryData<string, string> CaseData
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (codes, text) in Cases)
            {
                data.Add(codes, text);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CaseData))]
    public void Reports_the_code_at_the_place(string codes, string markedText)
    {
        var test = new FindingCase(codes, markedText);
        var actual = Reading.Read(test.Text).Diagnostics
            .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Code} {d.Span.Line}:{d.Span.Column}"));
        Assert.Equal(test.Expected, string.Join('\n', actual));
    }

    [Fact]
    public void Every_code_has_a_case()
    {
        var shown = Cases.SelectMany(c => c.Codes.Split(' ')).Concat(ShownElsewhere).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(FrontendDiagnostics.All.Select(d => d.Code).Order(StringComparer.Ordinal), shown);
    }

    [Fact]
    public void Codes_are_unique_and_of_this_stage()
    {
        Assert.Equal(FrontendDiagnostics.All.Count, FrontendDiagnostics.All.Select(d => d.Code).Distinct().Count());
        Assert.All(FrontendDiagnostics.All, d => Assert.Matches("^NP[01][0-9]{3}$", d.Code));
    }

    [Theory]
    [InlineData("  ingress:\n  - form: []", "spec.ingress[0].form: an ingress rule has no field \"form\"; did you mean \"from\"?")]
    [InlineData("  ingress:\n  - ports: [{port: \"80\"}]", "spec.ingress[0].ports[0].port: \"80\" is not a port name: a name needs a letter; for a port number leave out the quotes")]
    [InlineData("  policyTypes: [ingress]", "spec.policyTypes[0]: \"ingress\" is not a policy type; write Ingress or Egress; did you mean \"Ingress\"?")]
    [InlineData("  ingress:\n  - from: [{ipBlock: {cidr: 10.0.0.1}}]", "spec.ingress[0].from[0].ipBlock.cidr: \"10.0.0.1\" is not an address block: it has no prefix length; for the one address write 10.0.0.1/32")]
    public void Message_names_the_field_and_says_what_to_do(string spec, string message) =>
        Assert.Equal(message, Assert.Single(Reading.Read(Reading.Policy(spec)).Diagnostics).Message);

    [Fact]
    public void Control_characters_of_the_input_do_not_reach_the_message()
    {
        var message = Assert.Single(Reading.Read(Reading.Policy("  podSelector: {matchLabels: {a: \"b\\e[31m\\nc\"}}")).Diagnostics).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.Contains("b\\u001b[31m\\u000ac", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_is_reported_in_the_order_given()
    {
        var stage = Reading.Read("a: [", Reading.Policy("  x: 1"), "---\n---\nb: {", Reading.Pod("ok"));
        Assert.Equal(["0.yaml NP1001", "1.yaml NP1050", "2.yaml NP1001"], stage.Diagnostics.Select(d => $"{d.Span.Source!.Path} {d.Code}"));
        Assert.False(stage.Succeeded);
        Assert.Single(stage.Value!.Cluster.Endpoints);
    }

    [Fact]
    public void Warnings_and_information_do_not_fail_the_stage()
    {
        var stage = Reading.Read(Reading.Policy("  egress:\n  - to:\n    - ipBlock: {cidr: 10.1.1.1/8}") + "---\napiVersion: v1\nkind: Secret");
        Assert.Equal([DiagnosticSeverity.Warning, DiagnosticSeverity.Information], stage.Diagnostics.Select(d => d.Severity));
        Assert.True(stage.Succeeded);
    }
}
