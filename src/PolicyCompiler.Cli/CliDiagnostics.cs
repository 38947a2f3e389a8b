using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli;

internal static class CliDiagnostics
{
    public static readonly DiagnosticDescriptor Usage = new(
        "NP0000",
        DiagnosticSeverity.Error,
        "Usage",
        "{0}");

    public static readonly DiagnosticDescriptor BadFlowsFile = new(
        "NP0020",
        DiagnosticSeverity.Error,
        "Flows file cannot be read",
        "'{0}' is not a list of flows: {1}");

    public static readonly DiagnosticDescriptor NoPacket = new(
        "NP0023",
        DiagnosticSeverity.Error,
        "No packet of a flow",
        "no packet of {0} can be made: an end has no address");

    public static readonly DiagnosticDescriptor ReportNotWritten = new(
        "NP0060",
        DiagnosticSeverity.Error,
        "Report cannot be written",
        "the report '{0}' could not be written: {1}");

    public static readonly DiagnosticDescriptor NothingInFocus = new(
        "NP0041",
        DiagnosticSeverity.Error,
        "Nothing of that name",
        "no pod, workload, namespace or service is named '{0}'; name one as {1}");

    public static readonly DiagnosticDescriptor NotWritten = new(
        "NP0042",
        DiagnosticSeverity.Error,
        "Output file cannot be written",
        "'{0}' cannot be written: {1}");

    public static readonly DiagnosticDescriptor Unverified = new(
        "NP5020",
        DiagnosticSeverity.Warning,
        "Not verified",
        "the programs were not shown to a kernel verifier ({0}): nothing says that a kernel takes them");

    public static readonly DiagnosticDescriptor MachineLacks = new(
        "NP5022",
        DiagnosticSeverity.Error,
        "The machine lacks something",
        "{0}: {1}; {2}");

    public static readonly DiagnosticDescriptor MachineLimits = new(
        "NP5023",
        DiagnosticSeverity.Warning,
        "The machine limits something",
        "{0}: {1}; {2}");

    public static readonly DiagnosticDescriptor NothingToVerify = new(
        "NP5021",
        DiagnosticSeverity.Error,
        "There is no program to verify",
        "there is no program to show to a kernel: no endpoint that policies apply to");

    public static readonly DiagnosticDescriptor KernelDisagrees = new(
        "NP9002",
        DiagnosticSeverity.Error,
        "Kernel and policy disagree",
        "the compiled program decided {0} as {1}, the policies mean {2}: this is a bug of policyc, please report it");

    public static readonly DiagnosticDescriptor Internal = new(
        "NP9001",
        DiagnosticSeverity.Error,
        "Internal error",
        "internal error: {0}: {1}; this is a bug of policyc, please report it (-v shows where it happened)");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [Usage, BadFlowsFile, NothingInFocus, NoPacket, NotWritten, ReportNotWritten, Unverified, NothingToVerify, MachineLacks, MachineLimits, KernelDisagrees, Internal];
}
