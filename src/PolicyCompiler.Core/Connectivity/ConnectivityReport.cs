using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>Who may talk to whom.</summary>
/// <param name="Options">What is listed.</param>
/// <param name="Ends">All workloads, pods or namespaces, in ordinal order of their text.</param>
/// <param name="Mixed">Workloads with pods that policies tell apart; their rows say what any of the pods may do.</param>
/// <param name="Unresolved">
/// Names to which egress rules of an end open something that has no row, because no address of the name is known; in the
/// order of ends, then names.
/// </param>
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
    ImmutableArray<(ConnectivityEnd Source, NamePattern Name)> Unresolved,
    IEnumerable<ConnectivityRow> Rows,
    IEnumerable<ServiceConnectivityRow> Services,
    ConnectivityMatrix Matrix);
