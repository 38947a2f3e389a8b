namespace PolicyCompiler.Core.Proxy;

/// <summary>An item of <c>headers</c>: a name, or a name and the value it must have.</summary>
/// <param name="Name">Compared without regard to case, as HTTP does.</param>
/// <param name="Value">Null: presence is enough.</param>
public readonly record struct RequiredHeader(string Name, string? Value)
{
    /// <summary><c>Name</c>, <c>Name: value</c> or <c>Name value</c>; the first space ends the name (cilium: pkg/envoy).</summary>
    public static RequiredHeader Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? new(text.TrimEnd(':'), null) : new(text[..space].TrimEnd(':'), text[(space + 1)..]);
    }
}
