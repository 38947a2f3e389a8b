namespace PolicyCompiler.Frontend.Schema;

/// <summary>What fields of one mapping demand of each other.</summary>
internal abstract record FieldRule
{
    public sealed record ExactlyOne(IReadOnlyList<string> Names) : FieldRule;

    /// <summary>A list counts only if it has an item.</summary>
    public sealed record AtLeastOne(IReadOnlyList<string> Names) : FieldRule;

    public sealed record AtMostOne(IReadOnlyList<string> Names) : FieldRule;

    /// <summary>A list counts only if it has an item.</summary>
    public sealed record NotBoth(string First, string Second) : FieldRule;

    /// <param name="Name">The field that is there.</param>
    /// <param name="Needed">The field that then must be there.</param>
    /// <param name="Type">Its type in that case.</param>
    public sealed record Needs(string Name, string Needed, FieldType Type) : FieldRule;

    /// <param name="Name">A field of text.</param>
    /// <param name="Words">The texts with which it makes the demand.</param>
    /// <param name="Other">The field of which more is demanded.</param>
    /// <param name="Type">Its type in that case; a list that must have an item must be there.</param>
    public sealed record When(string Name, IReadOnlyList<string> Words, string Other, FieldType.List Type) : FieldRule;
}
