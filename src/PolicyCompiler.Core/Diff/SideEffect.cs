namespace PolicyCompiler.Core.Diff;

/// <summary>What one side of a flow does with it, whichever rule says so.</summary>
/// <param name="Passes">It is not dropped.</param>
/// <param name="Authenticates">Only once both ends are authenticated.</param>
/// <param name="Proxy">Through this proxy; equal ones are the same object.</param>
internal readonly record struct SideEffect(bool Passes, bool Authenticates, ProxyContent? Proxy)
{
    public static SideEffect Drop => default;

    public static SideEffect Allow => new(true, false, null);
}
