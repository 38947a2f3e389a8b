namespace PolicyCompiler.Core.Diff;

/// <summary>What decides one direction of an end: an index of a direction policy on each side, or one of the constants.</summary>
internal readonly record struct PolicyPair(int Old, int New)
{
    /// <summary>The end is no policy subject.</summary>
    public const int None = -1;

    /// <summary>The side does not have the end.</summary>
    public const int Absent = -2;

    public static PolicyPair Outside { get; } = new(None, None);
}
