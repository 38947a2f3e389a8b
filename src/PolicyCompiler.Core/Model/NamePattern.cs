using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>
/// A set of DNS names. Names are compared in lower case without the trailing dot; the characters are
/// <c>a-z 0-9 - _</c> and the dot between labels.
/// </summary>
/// <param name="Text">
/// Lower case, without a trailing dot. In an exact name every character stands for itself. In a pattern <c>*</c> alone is
/// every name; <c>*</c> in a label is any number of characters that are not dots; a leading <c>**.</c> is one or more
/// whole labels (cilium: pkg/fqdn/matchpattern).
/// </param>
/// <param name="IsPattern">False for an exact name.</param>
/// <param name="Span">Where it is written; not part of equality.</param>
public sealed record NamePattern(string Text, bool IsPattern, SourceSpan Span)
{
    public bool Equals(NamePattern? other) => other is not null && Text == other.Text && IsPattern == other.IsPattern;

    public override int GetHashCode() => HashCode.Combine(Text, IsPattern);

    public override string ToString() => Text;
}
