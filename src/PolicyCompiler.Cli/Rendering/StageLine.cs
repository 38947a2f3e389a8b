namespace PolicyCompiler.Cli.Rendering;

/// <summary>One line on a terminal that says what is being done, and is gone when it is done.</summary>
internal sealed class StageLine(TextWriter error, bool shown)
{
    private const string EraseLine = "\r\u001b[K";

    private readonly Lock _lock = new();
    private bool _visible;

    /// <summary>Shown only where a person looks: never in pipes, in CI, or on a terminal that cannot erase.</summary>
    public static StageLine OfProcess() => new(
        Console.Error,
        !Console.IsErrorRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))
            && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb");

    public void Show(string stage)
    {
        if (!shown)
        {
            return;
        }

        lock (_lock)
        {
            error.Write($"{EraseLine}{stage} ...");
            _visible = true;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            if (_visible)
            {
                error.Write(EraseLine);
                _visible = false;
            }
        }
    }
}
