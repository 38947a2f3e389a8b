namespace PolicyCompiler.Core.Model;

/// <summary>Operators of a Kubernetes label selector requirement (meta/v1 LabelSelectorRequirement).</summary>
public enum SelectorOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
}
