using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// A unit without which every decision stays what it is, alone and together with all that were found before it.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Kind">Why.</param>
/// <param name="Scope">For which clusters.</param>
/// <param name="By">The rules that decide in its place, those that do so most often first.</param>
/// <param name="ByDefault">Somewhere the default decides in its place: default deny, or allow where nothing isolates.</param>
public sealed record RedundantUnit(RemovableUnit Unit, RedundancyKind Kind, LintScope Scope, ImmutableArray<Rule> By, bool ByDefault);
