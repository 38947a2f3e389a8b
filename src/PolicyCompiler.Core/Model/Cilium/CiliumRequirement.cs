
namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>One condition of a selector.</summary>
/// <param name="Source">
/// Source of the label: <c>any</c> (also when nothing is written), <c>k8s</c>, <c>reserved</c>, <c>cidr</c>,
/// <c>cidrgroup</c>, <c>node</c>, <c>fqdn</c>, <c>container</c>, <c>unspec</c>.
/// </param>
/// <param name="Requirement">The condition, with the key behind the source.</param>
public readonly record struct CiliumRequirement(string Source, LabelRequirement Requirement)
{
    public override string ToString() => Source == "any" ? Requirement.ToString() : $"{Source}:{Requirement}";
}
