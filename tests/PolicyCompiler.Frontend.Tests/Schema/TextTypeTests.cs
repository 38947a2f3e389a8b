using System.Text.RegularExpressions;
using CsCheck;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Policies.Admin;
using PolicyCompiler.Frontend.Policies.Cilium;
using PolicyCompiler.Frontend.Schema;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>Expressions of the schemas never refuse what a reader accepts, and where a syntax is simple accept nothing else.</summary>
public sealed class TextTypeTests
{
    private const int Samples = 20_000;

    private static readonly Dictionary<string, (FieldType.Text Type, Func<string, bool> Reader, bool IsExact)> Syntaxes = new()
    {
        ["DNS label"] = (TextTypes.DnsLabel, t => KubernetesNames.IsDnsLabel(t), true),
        ["DNS subdomain"] = (TextTypes.DnsSubdomain, t => KubernetesNames.IsDnsSubdomain(t), true),
        ["label key"] = (TextTypes.LabelKey, t => KubernetesNames.LabelKeyProblem(t) is null, true),
        ["label value"] = (TextTypes.LabelValue, t => KubernetesNames.IsLabelValue(t), true),
        ["port name"] = (TextTypes.PortName, t => KubernetesNames.PortNameProblem(t) is null, true),
        ["endpoint label key"] = (TextTypes.EndpointLabelKey, t => LabelSources.Problem(t) is null, false),
        ["node label key"] = (TextTypes.NodeLabelKey, t => LabelSources.KubernetesProblem(t) is null, true),
        ["name"] = (TextTypes.Name, t => NamePatternReader.IsName(NamePatternReader.Normalize(t), isPattern: false), true),
        ["pattern"] = (TextTypes.NamePattern, t => NamePatternReader.IsName(NamePatternReader.Normalize(t), isPattern: true), true),
        ["domain name"] = (TextTypes.DomainName, t => DomainName.Problem(t) is null, true),
        ["block"] = (TextTypes.Cidr, t => IpPrefix.TryParse(t, out _, out _), false),
        ["block or address"] = (TextTypes.CidrOrAddress, t => IpPrefix.TryParse(t, out _, out _) || IpAddress.TryParse(t, out _), false),
    };

    public static TheoryData<string> Names => [.. Syntaxes.Keys];

    /// <summary>Texts that are right or nearly so: a few characters of which the syntaxes are made, and whole parts.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
            "a", "b1", "A", "0", "9", "10", "255", "-", "_", ".", "/", ":", "*", "**", " ", "--", "any:", "k8s:", "cidr:", "10.0.0.0", "/8", "/32", "/128", "2001:db8::", "example")
        .Array[0, 7].Select(string.Concat);

    [Theory]
    [MemberData(nameof(Names))]
    public void Agree(string name)
    {
        var (type, reader, isExact) = Syntaxes[name];
        Assert.True(reader(type.Example));
        Texts.Sample(
            text =>
            {
                var accepts = Matches(type, text);
                return isExact ? accepts == reader(text) : accepts || !reader(text);
            },
            iter: Samples);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(253)]
    [InlineData(254)]
    public void Lengths_agree(int length)
    {
        var text = new string('a', length);
        foreach (var (type, reader, _) in Syntaxes.Where(s => s.Value.IsExact && s.Key is not ("name" or "pattern" or "domain name")).Select(s => s.Value))
        {
            Assert.Equal(reader(text), Matches(type, text));
        }
    }

    private static bool Matches(FieldType.Text type, string text) =>
        Regex.IsMatch(text, type.Pattern!, RegexOptions.ECMAScript | RegexOptions.CultureInvariant) && text.Length <= (type.MaxLength ?? int.MaxValue);
}
