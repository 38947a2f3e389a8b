using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy.</summary>
public static class AdminDiagnostics
{
    public static readonly DiagnosticDescriptor NamespaceOfClusterKind = new(
        "NP1301", DiagnosticSeverity.Error, "Namespace of a cluster-wide policy",
        "{0}: {1} belongs to the whole cluster and has no namespace; remove this line");

    public static readonly DiagnosticDescriptor BaselineName = new(
        "NP1302", DiagnosticSeverity.Error, "Baseline policy not named default",
        "metadata.name: there is one BaselineAdminNetworkPolicy and its name is default, not \"{0}\"");

    public static readonly DiagnosticDescriptor FieldMissing = new(
        "NP1303", DiagnosticSeverity.Error, "Required field is missing",
        "{0}: {1} needs {2}{3}");

    public static readonly DiagnosticDescriptor PriorityOutOfRange = new(
        "NP1304", DiagnosticSeverity.Error, "Priority out of range",
        "{0}: {1} is not a priority; priorities are 0 to {2}, and the lowest comes first");

    public static readonly DiagnosticDescriptor UnknownTier = new(
        "NP1305", DiagnosticSeverity.Error, "Unknown tier",
        "{0}: \"{1}\" is not a tier; write {2}{3}");

    public static readonly DiagnosticDescriptor UnknownAction = new(
        "NP1306", DiagnosticSeverity.Error, "Unknown action",
        "{0}: \"{1}\" is not an action of {2}; write {3}{4}");

    public static readonly DiagnosticDescriptor NoneOfSeveral = new(
        "NP1307", DiagnosticSeverity.Error, "None of the possible fields is set",
        "{0}: {1} needs one of the fields {2}");

    public static readonly DiagnosticDescriptor SeveralOfOne = new(
        "NP1308", DiagnosticSeverity.Error, "Two fields where one is possible",
        "{0}: {1} has exactly one field, but {2} is set beside this one");

    public static readonly DiagnosticDescriptor EmptyList = new(
        "NP1309", DiagnosticSeverity.Error, "List is empty",
        "{0}: the list is empty; {1}");

    public static readonly DiagnosticDescriptor TooManyItems = new(
        "NP1310", DiagnosticSeverity.Error, "List is too long",
        "{0}: the list has {1} items; at most {2} are possible");

    public static readonly DiagnosticDescriptor RuleNameTooLong = new(
        "NP1311", DiagnosticSeverity.Error, "Rule name is too long",
        "{0}: the name has {1} characters; at most {2} are possible");

    public static readonly DiagnosticDescriptor EgressOnlyPeer = new(
        "NP1312", DiagnosticSeverity.Error, "Peer that only egress rules have",
        "{0}: only an egress rule can name {1}; an ingress rule knows its peers by namespaces or pods");

    public static readonly DiagnosticDescriptor ItemTwice = new(
        "NP1313", DiagnosticSeverity.Error, "Item stands twice",
        "{0}: \"{1}\" already stands in this list");

    public static readonly DiagnosticDescriptor InvalidDomainName = new(
        "NP1314", DiagnosticSeverity.Error, "Domain name is not valid",
        "{0}: \"{1}\" is not a domain name: {2}");

    public static readonly DiagnosticDescriptor DomainNamesAction = new(
        "NP1315", DiagnosticSeverity.Error, "Domain names in a rule that does not allow",
        "{0}: domain names can only be allowed (action {1}), but the action of this rule is {2}");

    public static readonly DiagnosticDescriptor DomainNamesInBaseline = new(
        "NP1316", DiagnosticSeverity.Error, "Domain names in the baseline tier",
        "{0}: only policies of the Admin tier can name domains, but this one is of the Baseline tier");

    public static readonly DiagnosticDescriptor NamedPortWithAddresses = new(
        "NP1317", DiagnosticSeverity.Error, "Named port for peers without containers",
        "{0}: the rule also names {1}, which have no containers to look the port name up in; write the number, or make two rules");

    public static readonly DiagnosticDescriptor RangeBackwards = new(
        "NP1318", DiagnosticSeverity.Error, "Port range does not go up",
        "{0}: the start {1} is not less than the end {2}{3}");

    public static readonly DiagnosticDescriptor RangeOfOnePort = new(
        "NP1319", DiagnosticSeverity.Warning, "Port range of one port",
        "{0}: the range starts and ends at {1}, and an API server may refuse it; write portNumber");

    public static readonly DiagnosticDescriptor EarlyForm = new(
        "NP1320", DiagnosticSeverity.Warning, "Peer in the form of an early release",
        "{0}: API servers of today drop this namespaceSelector, a form of the first releases, and select every namespace; write {1}");

    public static readonly DiagnosticDescriptor ItemsInWrongCase = new(
        "NP1321", DiagnosticSeverity.Warning, "Items of a list in the wrong case",
        "\"{0}\" is read as \"items\", but kubectl does not know it; write \"items\"");

    public static readonly DiagnosticDescriptor SelectorMissing = new(
        "NP1322", DiagnosticSeverity.Warning, "Selector of pods is missing",
        "{0}: {1} is missing and read as every {2}, but an API server refuses pods without it; write {1}: {{}}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        NamespaceOfClusterKind,
        BaselineName,
        FieldMissing,
        PriorityOutOfRange,
        UnknownTier,
        UnknownAction,
        NoneOfSeveral,
        SeveralOfOne,
        EmptyList,
        TooManyItems,
        RuleNameTooLong,
        EgressOnlyPeer,
        ItemTwice,
        InvalidDomainName,
        DomainNamesAction,
        DomainNamesInBaseline,
        NamedPortWithAddresses,
        RangeBackwards,
        RangeOfOnePort,
        EarlyForm,
        ItemsInWrongCase,
        SelectorMissing,
    ];
}
