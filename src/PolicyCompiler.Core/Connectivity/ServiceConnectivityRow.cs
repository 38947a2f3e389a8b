namespace PolicyCompiler.Core.Connectivity;

/// <summary>What one end may open to a service: policy is asked about the backends, after the destination is translated.</summary>
/// <param name="Source">Who opens the connection.</param>
/// <param name="Service">Who is addressed.</param>
/// <param name="Ports">Ports of the service that reach at least one backend; never empty.</param>
/// <param name="Partly">Those of them that do not reach every backend from every pod of the source: some connections fail.</param>
public readonly record struct ServiceConnectivityRow(ConnectivityEnd Source, ConnectivityEnd.Service Service, PortSet Ports, PortSet Partly);
