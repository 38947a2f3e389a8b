namespace PolicyCompiler.Frontend.Schema;

/// <summary>What the value of a field may be. <see cref="ObjectType"/> is one more.</summary>
internal abstract record FieldType
{
    /// <summary>Of any type, as nothing of it is read.</summary>
    public sealed record Anything : FieldType;

    public sealed record Boolean : FieldType;

    /// <param name="Example">A text that is valid.</param>
    public sealed record Text(string Example) : FieldType
    {
        /// <summary>Where there are any, other texts must match <see cref="Pattern"/>, or are refused if that is null.</summary>
        public IReadOnlyList<string> Words { get; init; } = [];

        /// <summary>Letters of <see cref="Words"/> may be of either case.</summary>
        public bool IgnoresCase { get; init; }

        /// <summary>An expression that JavaScript, RE2 (without look-ahead) and .NET understand alike.</summary>
        public string? Pattern { get; init; }

        /// <summary>What a text is that does not match: <c>not a port name</c> and what to write.</summary>
        public string? Otherwise { get; init; }

        /// <summary>In code points.</summary>
        public int? MaxLength { get; init; }

        /// <summary>As an item or value, null is the empty text.</summary>
        public bool MayBeEmpty { get; init; }
    }

    /// <summary>A whole number, both limits included.</summary>
    public sealed record Number(long Min, long Max) : FieldType;

    public sealed record NumberOrText(Number AsNumber, Text AsText) : FieldType;

    /// <summary>Keys that the writer chooses.</summary>
    public sealed record Map(Text Key, Text Value) : FieldType;

    public sealed record List(FieldType Item) : FieldType
    {
        public int Min { get; init; }

        public int? Max { get; init; }

        public bool IsSet { get; init; }
    }
}
