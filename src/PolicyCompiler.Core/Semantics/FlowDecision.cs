using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Semantics;

/// <summary>Both sides of a flow; it passes when both allow it.</summary>
public sealed record FlowDecision(Flow Flow, SideDecision Egress, SideDecision Ingress)
{
    public bool Allowed => Egress.Allowed && Ingress.Allowed;
}
