using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about the peers of Cilium rules.</summary>
public static class CiliumPeerDiagnostics
{
    public static readonly DiagnosticDescriptor PeersCombined = new(
        "NP1221", DiagnosticSeverity.Error, "Two sorts of peers in one rule",
        "{0}: {1} cannot be combined with {2} in one rule; make two items of them");

    public static readonly DiagnosticDescriptor UnknownEntity = new(
        "NP1222", DiagnosticSeverity.Error, "Unknown entity",
        "{0}: \"{1}\" is not an entity{2}");

    public static readonly DiagnosticDescriptor CidrRuleMembers = new(
        "NP1223", DiagnosticSeverity.Error, "Not exactly one of cidr, cidrGroupRef and cidrGroupSelector",
        "{0}: write exactly one of cidr, cidrGroupRef and cidrGroupSelector, not {1}");

    public static readonly DiagnosticDescriptor ExceptOutside = new(
        "NP1224", DiagnosticSeverity.Error, "Exception is outside its block",
        "{0}: \"{1}\" is not inside the block {2}");

    public static readonly DiagnosticDescriptor NameMembers = new(
        "NP1225", DiagnosticSeverity.Error, "Not exactly one of matchName and matchPattern",
        "{0}: write {1} of matchName and matchPattern");

    public static readonly DiagnosticDescriptor InvalidName = new(
        "NP1226", DiagnosticSeverity.Error, "DNS name or pattern is not valid",
        "{0}: \"{1}\" is not {2}");

    public static readonly DiagnosticDescriptor EmptyPeers = new(
        "NP1227", DiagnosticSeverity.Error, "Empty list that would allow everyone",
        "{0}: Cilium takes an empty {1} for no condition, which allows everyone; leave the field out, or name a peer");

    public static readonly DiagnosticDescriptor ServiceMembers = new(
        "NP1228", DiagnosticSeverity.Error, "Not exactly one of k8sService and k8sServiceSelector",
        "{0}: write exactly one of k8sService and k8sServiceSelector");

    public static readonly DiagnosticDescriptor ServiceMissing = new(
        "NP1229", DiagnosticSeverity.Error, "Service reference without a service",
        "{0}: {1} is missing");

    public static readonly DiagnosticDescriptor GroupNameInvalid = new(
        "NP1230", DiagnosticSeverity.Error, "Name of a CiliumCIDRGroup is not valid",
        "{0}: \"{1}\" cannot be the name of a CiliumCIDRGroup");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        PeersCombined,
        UnknownEntity,
        CidrRuleMembers,
        ExceptOutside,
        NameMembers,
        InvalidName,
        EmptyPeers,
        ServiceMembers,
        ServiceMissing,
        GroupNameInvalid,
    ];
}
