using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Explain;

/// <summary>The answer to a request: one for each backend of a service or address of a name.</summary>
/// <param name="Request">The request.</param>
/// <param name="Frontend">The service that translates the destination; null: none does.</param>
/// <param name="Answers">Empty: the service has nobody who answers.</param>
public sealed record ExplainedFlow(FlowRequest Request, ServiceFrontend? Frontend, ImmutableArray<FlowAnswer> Answers)
{
    /// <summary>Whoever answers can be reached: all backends, and one at least.</summary>
    public bool Allowed => !Answers.IsEmpty && Answers.All(a => a.Allowed);

    /// <summary>Some backends can be reached and others not: it depends on which one is picked.</summary>
    public bool IsMixed => Answers.Any(a => a.Allowed) && !Allowed;

    /// <summary>The answer that speaks for all: the first that is denied, else the first.</summary>
    public FlowAnswer? Leading => Answers.FirstOrDefault(a => !a.Allowed) ?? Answers.FirstOrDefault();
}
