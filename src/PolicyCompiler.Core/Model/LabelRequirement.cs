using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>One condition of a selector. A <c>matchLabels</c> entry is an <c>In</c> with one value.</summary>
public sealed record LabelRequirement(string Key, SelectorOperator Operator, ImmutableArray<string> Values, SourceSpan Span)
{
    /// <summary><c>NotIn</c> and <c>DoesNotExist</c> match objects without the key, as in Kubernetes.</summary>
    public bool Matches(LabelSet labels)
    {
        var value = labels.Find(Key);
        return Operator switch
        {
            SelectorOperator.In => value is not null && Values.Contains(value, StringComparer.Ordinal),
            SelectorOperator.NotIn => value is null || !Values.Contains(value, StringComparer.Ordinal),
            SelectorOperator.Exists => value is not null,
            SelectorOperator.DoesNotExist => value is null,
            _ => throw new InvalidOperationException($"selector operator {Operator}"),
        };
    }

    public bool Equals(LabelRequirement? other) =>
        other is not null && Key == other.Key && Operator == other.Operator && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Key, Operator, Values.Length, Values.FirstOrDefault());

    public override string ToString() => Operator switch
    {
        SelectorOperator.In when Values.Length == 1 => $"{Key}={Values[0]}",
        SelectorOperator.In => $"{Key} in ({string.Join(',', Values)})",
        SelectorOperator.NotIn => $"{Key} notin ({string.Join(',', Values)})",
        SelectorOperator.Exists => Key,
        _ => $"!{Key}",
    };
}
