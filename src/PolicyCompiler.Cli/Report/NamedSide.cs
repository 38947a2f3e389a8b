namespace PolicyCompiler.Cli.Report;

/// <summary>One side of a comparison for people.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Explain">How <c>policyc explain</c> is started on it; null: it reads no such input.</param>
internal sealed record NamedSide(string Name, string? Explain);
