namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>With the alternatives for the oldest kernel, connections are what they are without.</summary>
public sealed class OldestKernelConnectionTests : ConnectionTests
{
    private protected override TestEndpoint Endpoint() => TestEndpoint.ForOldestKernel();
}
