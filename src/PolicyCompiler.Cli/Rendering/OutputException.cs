namespace PolicyCompiler.Cli.Rendering;

/// <summary>Standard output takes no more.</summary>
internal sealed class OutputException(string message, IOException inner) : IOException(message, inner);
