namespace PolicyCompiler.Core.Bpf;

/// <summary>Something of the kernel that programs can need.</summary>
/// <param name="Name">In the reader's words: <c>helper bpf_loop</c>.</param>
/// <param name="Since">The first kernel that has it; null where that is not recorded.</param>
public sealed record KernelFeature(string Name, KernelVersion? Since)
{
    /// <summary>Such as <c>helper bpf_loop (since Linux 5.17)</c>.</summary>
    public override string ToString() => Since is { } since ? $"{Name} (since Linux {since})" : Name;
}
