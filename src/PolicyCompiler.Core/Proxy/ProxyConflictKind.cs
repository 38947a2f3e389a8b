namespace PolicyCompiler.Core.Proxy;

public enum ProxyConflictKind
{
    /// <summary>A connection has one parser.</summary>
    Parsers,

    /// <summary>Different certificates for clients.</summary>
    TerminatingTls,

    /// <summary>Different certificates or authorities for servers.</summary>
    OriginatingTls,
}
