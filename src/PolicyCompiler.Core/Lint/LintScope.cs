namespace PolicyCompiler.Core.Lint;

/// <summary>For which clusters a proof holds.</summary>
public enum LintScope
{
    /// <summary>For the pods, namespaces and nodes of this input: every cell of its tables was compared.</summary>
    ThisCluster,

    /// <summary>Also whatever pods and labels there are: one rule contains the other.</summary>
    AnyPods,
}
