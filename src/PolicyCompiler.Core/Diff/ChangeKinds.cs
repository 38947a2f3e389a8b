namespace PolicyCompiler.Core.Diff;

public static class ChangeKinds
{
    /// <summary>As reports and allow lists write it.</summary>
    public static string Word(this ChangeKind kind) => kind switch
    {
        ChangeKind.Widened => "widened",
        ChangeKind.Narrowed => "narrowed",
        ChangeKind.Changed => "changed",
        ChangeKind.Added => "added",
        _ => "removed",
    };
}
