using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Members of the destination, and what is asked of them.</summary>
internal sealed record FlowTarget(FlowMember Member, ImmutableArray<FlowTarget.Asked> Questions)
{
    /// <param name="Ports">Port keys, after translation.</param>
    /// <param name="Family">Null: whatever both ends have.</param>
    /// <param name="Frontend">The service that leads there; null: it is addressed itself.</param>
    public sealed record Asked(ImmutableArray<PortKeyRange> Ports, AddressFamily? Family, ServiceFrontend? Frontend);
}
