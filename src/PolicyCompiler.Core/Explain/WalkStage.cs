namespace PolicyCompiler.Core.Explain;

/// <summary>The stages of a side's decision, in the order in which they are asked (docs/semantics.md).</summary>
public enum WalkStage
{
    /// <summary>Rules of the admin tier, in order; the first that matches decides or passes.</summary>
    AdminTier,

    /// <summary>Deny rules of the normal tier.</summary>
    DenyRules,

    /// <summary>Ingress from the endpoint's own node.</summary>
    OwnNode,

    /// <summary>Allow rules of the normal tier.</summary>
    AllowRules,

    /// <summary>Whether some policy isolates the endpoint.</summary>
    Isolation,

    /// <summary>Rules of the baseline tier, in order.</summary>
    BaselineTier,
}
