using System.Collections.Immutable;

namespace PolicyCompiler.Pipeline.Comparison;

/// <summary>One side of a comparison.</summary>
public abstract record ComparedInput
{
    private ComparedInput()
    {
    }

    /// <summary>Files and directories, or <c>-</c>.</summary>
    public sealed record Files(ImmutableArray<string> Paths) : ComparedInput
    {
        public override string ToString() => string.Join(' ', Paths);
    }

    /// <summary>Paths of a git revision.</summary>
    public sealed record Revision(string Name, ImmutableArray<string> Paths) : ComparedInput
    {
        public override string ToString() => Name;
    }

    /// <summary>Policies that were compiled already.</summary>
    /// <param name="Compilation">All of it, as far as the tables at least.</param>
    /// <param name="Paths">What it was asked to compile.</param>
    public sealed record Compiled(Compilation Compilation, ImmutableArray<string> Paths) : ComparedInput
    {
        public override string ToString() => string.Join(' ', Paths);
    }

    /// <summary>A bundle that was compiled before.</summary>
    public sealed record Bundle(string Directory) : ComparedInput
    {
        public override string ToString() => Directory;
    }
}
