namespace PolicyCompiler.Core.Diff;

/// <summary>All that decides about the flows between two ends of one family: both sides' rows of both directions.</summary>
internal readonly record struct FlowRows(SideRow OldEgress, SideRow OldIngress, SideRow NewEgress, SideRow NewIngress)
{
    /// <summary>Whether equal effects can be seen without looking at ports.</summary>
    public bool AreAlike => OldEgress.Key == NewEgress.Key && OldIngress.Key == NewIngress.Key;
}
