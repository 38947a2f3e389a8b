namespace PolicyCompiler.Cli.Rendering;

internal enum OutputFormat
{
    Text,
    Json,
    Csv,
    Sarif,
    Tap,
    Markdown,
    Dot,
    Html,
}
