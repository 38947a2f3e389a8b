namespace PolicyCompiler.Core.Proxy;

public enum ProxyVerdict
{
    Allowed,
    Denied,

    /// <summary>The proxy of these connections does not look at such requests, or the policy does not say what it does.</summary>
    NotApplicable,
}
