using System.Collections.Immutable;

namespace PolicyCompiler.Pipeline.Agreement;

/// <param name="Decisions">Decisions that were compared.</param>
/// <param name="KernelRuns">Those that the kernel was asked about too.</param>
/// <param name="Scope">What was compared.</param>
/// <param name="Disagreements">The first of them, at most <see cref="AgreementChecker.MaximumShown"/>.</param>
/// <param name="DisagreementCount">All of them.</param>
public sealed record AgreementReport(
    long Decisions, long KernelRuns, AgreementScope Scope, ImmutableArray<Disagreement> Disagreements, long DisagreementCount)
{
    public bool Agrees => DisagreementCount == 0;
}
