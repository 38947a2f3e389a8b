using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>Who may talk to whom.</summary>
/// <param name="Options">What is listed.</param>
/// <param name="Ends">All workloads, pods or namespaces, in ordinal order of their text.</param>
/// <param name="Mixed">Workloads with pods that policies tell apart; their rows say what any of the pods may do.</param>
/// <param name="Rows">
/// In ordinal order of source, then destination. They are made while they are read, because there may be as many as pairs of
/// workloads: not safe for several readers at a time.
/// </param>
/// <param name="Services">The same for services, made in the same way.</param>
/// <param name="Matrix">The same as the rows, by groups of ends with the same answers.</param>
public sealed record ConnectivityReport(
    ConnectivityOptions Options,
    ImmutableArray<ConnectivityEnd> Ends,
    ImmutableArray<ConnectivityEnd> Mixed,
    IEnumerable<ConnectivityRow> Rows,
    IEnumerable<ServiceConnectivityRow> Services,
    ConnectivityMatrix Matrix);
