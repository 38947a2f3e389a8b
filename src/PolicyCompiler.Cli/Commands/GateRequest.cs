using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;

namespace PolicyCompiler.Cli.Commands;

/// <summary>What policies must hold beyond that they compile.</summary>
/// <param name="Assertions">Files, or directories of them; empty: none is checked.</param>
/// <param name="Lint">Whether lint is asked.</param>
/// <param name="LintConfiguration">Its configuration file, or 'none'; null: the one that is found.</param>
/// <param name="Against">What to compare with; empty: nothing.</param>
/// <param name="ChangesFile">Where the page of the differences goes; null: nowhere.</param>
/// <param name="FailOn">Kinds of differences that are not wanted.</param>
/// <param name="Allowed">What is tolerated nevertheless; null: nothing is compared.</param>
internal sealed record GateRequest(
    ImmutableArray<string> Assertions,
    bool Lint,
    string? LintConfiguration,
    ImmutableArray<string> Against,
    string? ChangesFile,
    ImmutableArray<string> FailOn,
    Stage<AllowList>? Allowed);
