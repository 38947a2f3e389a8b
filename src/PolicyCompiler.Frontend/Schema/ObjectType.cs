namespace PolicyCompiler.Frontend.Schema;

/// <summary>A mapping with known fields; every other field is an error.</summary>
/// <param name="Name">Unique within a kind.</param>
/// <param name="Known">The lists of field names that the readers go by; together they are the names of <paramref name="Fields"/>.</param>
/// <param name="Fields">In the order in which they are documented.</param>
internal sealed record ObjectType(string Name, IReadOnlyList<IReadOnlyList<string>> Known, IReadOnlyList<PolicyField> Fields) : FieldType
{
    public IReadOnlyList<FieldRule> Rules { get; init; } = [];

    /// <summary>Heading of a table of its own, for what stands in several places; null for what is documented in its place.</summary>
    public string? Title { get; init; }

    /// <summary>Whether <c>{}</c> is complete.</summary>
    public bool MayBeEmpty => !Fields.Any(f => f.IsRequired) && !Rules.Any(r => r is FieldRule.ExactlyOne or FieldRule.AtLeastOne);
}
