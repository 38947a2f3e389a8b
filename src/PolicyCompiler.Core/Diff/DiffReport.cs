using System.Collections.Immutable;

namespace PolicyCompiler.Core.Diff;

/// <summary>Every difference between what two inputs mean.</summary>
/// <param name="Differences">By kind, then by sources and destinations.</param>
/// <param name="EndClasses">Kinds of ends that both sides together can tell apart; every pair of them was compared.</param>
/// <param name="Workloads">Workloads of both sides together.</param>
/// <param name="Gaps">What was not compared, in words; empty: nothing, so that what is not listed is the same.</param>
public sealed record DiffReport(ImmutableArray<Difference> Differences, int EndClasses, int Workloads, ImmutableArray<string> Gaps);
