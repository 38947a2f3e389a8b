namespace PolicyCompiler.Core.Diff;

/// <summary>How the requests that one proxy lets pass relate to those of another, as far as it can be proven.</summary>
public enum ProxyComparison
{
    Equal,
    Wider,
    Narrower,
    Different,
}
