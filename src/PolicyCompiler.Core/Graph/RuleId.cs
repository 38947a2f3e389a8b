using System.Globalization;

namespace PolicyCompiler.Core.Graph;

/// <summary>Number of a rule in canonical order: the same input gives the same number.</summary>
public readonly record struct RuleId(int Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"rule {Value}");
}
