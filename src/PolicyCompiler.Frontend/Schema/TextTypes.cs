using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Policies.Admin;
using PolicyCompiler.Frontend.Policies.Cilium;
using static PolicyCompiler.Frontend.Schema.FieldType;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>
/// Kinds of text with their syntax as expressions. An expression never refuses what its reader accepts; where addresses
/// and the like are too intricate it accepts more.
/// </summary>
internal static class TextTypes
{
    public static readonly Text NotEmpty = new("text");
    public static readonly Text Any = new("text") { MayBeEmpty = true };
    public static readonly Text NotBlank = new("text") { Pattern = @"\S", Otherwise = "A name is needed." };

    public static readonly Text DnsLabel = new("shop")
    {
        Pattern = $"^{LowerPart}$",
        MaxLength = KubernetesNames.MaxLabel,
        Otherwise = "Not a namespace: use lower-case letters, digits and \"-\", and begin and end with a letter or digit.",
    };

    public static readonly Text DnsSubdomain = new("example.org")
    {
        Pattern = $"^{Subdomain}$",
        MaxLength = KubernetesNames.MaxSubdomain,
        Otherwise = "Not a name: use lower-case letters, digits, \"-\" and \".\", and begin and end each part with a letter or digit.",
    };

    public static readonly Text LabelKey = new("app")
    {
        Pattern = $"^{LabelKeyPattern}$",
        Otherwise = "Not a label key: write a name, or a DNS name, \"/\" and a name.",
    };

    public static readonly Text LabelValue = new("web")
    {
        Pattern = $"^({LabelPart})?$",
        MaxLength = KubernetesNames.MaxLabel,
        MayBeEmpty = true,
        Otherwise = "Not a label value: use letters, digits, \"-\", \"_\" and \".\", and begin and end with a letter or digit.",
    };

    public static readonly Text PortName = new("http")
    {
        Pattern = $"^(?=.*[a-z])(?!.*--){LowerPart}$",
        MaxLength = KubernetesNames.MaxPortName,
        Otherwise = "Not a port name: use lower-case letters, digits and single \"-\", at least one letter. A number has no quotes.",
    };

    public static readonly Text Cidr = new("10.0.0.0/8")
    {
        Pattern = $"^({Ipv4}/{Ipv4Length}|{Ipv6}/{Ipv6Length})$",
        Otherwise = "Not an address block: write an address and a prefix length, such as 10.0.0.0/8.",
    };

    public static readonly Text SmallerCidr = Cidr with { Example = "10.1.0.0/16" };
    public static readonly Text AdminCidr = Cidr with { MaxLength = AdminFields.MaxCidrLength };
    public static readonly Text CidrOrAddress = new("10.0.0.1")
    {
        Pattern = $"^({Ipv4}(/{Ipv4Length})?|{Ipv6}(/{Ipv6Length})?)$",
        Otherwise = "Not an address block, such as 10.0.0.0/8, and not an address.",
    };

    public static readonly Text DomainName = new("*.example.com")
    {
        Pattern = $@"^(\*\.)?{DomainLabel}(\.{DomainLabel})+\.?$",
        Otherwise = "Not a domain name, such as example.com or *.example.com.",
    };

    /// <summary>One more than the name itself, for a trailing dot.</summary>
    public static readonly Text Name = new("www.example.com")
    {
        Pattern = $@"^{NameLabel}(\.{NameLabel})*\.?$",
        MaxLength = NamePatternReader.MaxLength + 1,
        Otherwise = "Not a DNS name, such as www.example.com.",
    };

    public static readonly Text NamePattern = new("*.example.com")
    {
        Pattern = $@"^{PatternLabel}(\.{PatternLabel})*\.?$",
        MaxLength = NamePatternReader.MaxLength + 1,
        Otherwise = "Not a pattern of DNS names, such as *.example.com.",
    };

    public static readonly Text ServerName = new("*.example.com")
    {
        Pattern = $@"^(\*\*?\.)?{NameLabel}(\.{NameLabel})*\.?$",
        Otherwise = "Not a server name, such as www.example.com or *.example.com.",
    };

    /// <summary>A key behind a source, of pods and other endpoints.</summary>
    public static readonly Text EndpointLabelKey = LabelKey with
    {
        Pattern = $"^({Choice(LabelSources.Known.Where(s => s != LabelSources.Cidr))}:)?{LabelKeyPattern}$|^{LabelSources.Cidr}:[0-9A-Fa-f.-]+/[0-9]+$",
        Otherwise = "Not a label key: write a name, with k8s:, reserved: or another source before it if need be.",
    };

    /// <summary>The same of nodes and services.</summary>
    public static readonly Text NodeLabelKey = LabelKey with { Pattern = $"^({Choice(LabelSources.OfNodes)}:)?{LabelKeyPattern}$" };

    private const string Ipv4 = @"[0-9]{1,3}(\.[0-9]{1,3}){3}";
    private const string Ipv4Length = "(3[0-2]|[12]?[0-9])";
    private const string Ipv6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";
    private const string Ipv6Length = "(12[0-8]|1[01][0-9]|[1-9]?[0-9])";
    private const string LowerPart = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string Subdomain = $@"{LowerPart}(\.{LowerPart})*";
    private const string LabelPart = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?";
    private const string LabelKeyPattern = $"({Subdomain}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{{0,61}}[A-Za-z0-9])?";
    private const string DomainLabel = "[A-Za-z0-9]([-A-Za-z0-9_]{0,61}[A-Za-z0-9])?";
    private const string NameLabel = "[-A-Za-z0-9_]+";
    private const string PatternLabel = "[-A-Za-z0-9_*]+";

    public static Text OneOf(IReadOnlyList<string> words) => new(words[0]) { Words = words };

    private static string Choice(IEnumerable<string> words) => $"({string.Join('|', words)})";
}
