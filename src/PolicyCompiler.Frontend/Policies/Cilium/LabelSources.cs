using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>
/// Keys of Cilium selectors, <c>source:key</c>: what stands before the first colon says where the label comes from
/// (cilium: pkg/labels).
/// </summary>
internal static class LabelSources
{
    public const string Any = "any";

    public const string Cidr = "cidr";

    private const string Reserved = "reserved";

    /// <summary>An older way to write the source, still in Cilium's own examples.</summary>
    private const string DottedReserved = "reserved.";

    public static readonly string[] Known = [Any, "k8s", Reserved, Cidr, "cidrgroup", "node", "fqdn", "container", "unspec"];

    /// <summary>Sources of a node's own labels.</summary>
    public static readonly string[] OfNodes = [Any, "k8s", "node"];

    /// <summary>The source, <see cref="Any"/> if none is written, and the key behind it.</summary>
    public static (string Source, string Key) Split(string written)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            return (written[..colon], written[(colon + 1)..]);
        }

        return written.StartsWith(DottedReserved, StringComparison.Ordinal)
            ? (Reserved, written[DottedReserved.Length..])
            : (Any, written);
    }

    /// <summary>What is wrong with a key over labels of endpoints; null when nothing is.</summary>
    public static string? Problem(string written)
    {
        var (source, key) = Split(written);
        if (!Known.Contains(source, StringComparer.Ordinal))
        {
            return $"\"{Quote.Shorten(source)}\" is not a source of labels, such as k8s or reserved{Suggestion.Clause(source, Known)}";
        }

        if (source == Cidr)
        {
            return IsBlock(key) ? null : "write an address block behind \"cidr:\", such as 10.0.0.0/8, with \"-\" for each \":\" of IPv6";
        }

        return KubernetesNames.LabelKeyProblem(key);
    }

    /// <summary>The same for keys over labels of nodes or services, which have no other source than Kubernetes.</summary>
    public static string? KubernetesProblem(string written)
    {
        var (source, key) = Split(written);
        return OfNodes.Contains(source, StringComparer.Ordinal)
            ? KubernetesNames.LabelKeyProblem(key)
            : $"here the source of labels can only be k8s, any or node, not \"{Quote.Shorten(source)}\"";
    }

    /// <summary>Cilium writes an IPv6 address in a key with dashes, for a colon ends the source.</summary>
    private static bool IsBlock(string key) =>
        !key.Contains(':', StringComparison.Ordinal) && IpPrefix.TryParse(key.Replace('-', ':'), out _, out _);
}
