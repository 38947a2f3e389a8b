using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>A label selector: all requirements must hold; none selects everything. Equality ignores the span.</summary>
public sealed record LabelSelector(ImmutableArray<LabelRequirement> Requirements, SourceSpan Span)
{
    public static LabelSelector Everything { get; } = new([], SourceSpan.None);

    public bool IsEverything => Requirements.IsEmpty;

    public bool Matches(LabelSet labels)
    {
        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(LabelSelector? other) => other is not null && Requirements.SequenceEqual(other.Requirements);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var requirement in Requirements)
        {
            hash.Add(requirement);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => IsEverything ? "{}" : string.Join(", ", Requirements);
}
