namespace PolicyCompiler.Core.Explain;

/// <summary>What a remedy changes, the smallest change first.</summary>
public enum RemedyKind
{
    /// <summary>A port is added to a rule whose peers match.</summary>
    AddPort,

    /// <summary>Labels of the other end are changed so that a rule whose ports match selects it.</summary>
    ChangeLabels,

    /// <summary>A rule that denies is taken away or made narrower.</summary>
    RemoveRule,

    /// <summary>A rule is added to a policy that isolates.</summary>
    AddRule,
}
