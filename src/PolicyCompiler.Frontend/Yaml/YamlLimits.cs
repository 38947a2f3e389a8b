namespace PolicyCompiler.Frontend.Yaml;

/// <summary>Bounds on what one file may ask of the reader: far above any real manifest, far below what harms.</summary>
internal static class YamlLimits
{
    /// <summary>UTF-16 units of one file; the files of the largest known clusters are a tenth of it.</summary>
    public const int FileLength = 64 * 1024 * 1024;

    public const int Documents = 100_000;

    /// <summary>Collections inside each other.</summary>
    public const int Depth = 200;

    /// <summary>Nodes that aliases and merge keys of one file may add to those written.</summary>
    public const long AliasedNodes = 1_000_000;

    /// <summary>Documents with syntax errors after which the rest of the file is left unread.</summary>
    public const int SyntaxErrors = 100;
}
