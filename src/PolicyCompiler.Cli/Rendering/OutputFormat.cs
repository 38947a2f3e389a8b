namespace PolicyCompiler.Cli.Rendering;

internal enum OutputFormat
{
    Text,
    Json,
    Csv,
    Markdown,
    Dot,
    Html,
}
