using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Explain;

/// <summary>How one side of a flow came to its decision.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Subject">The endpoint it is enforced on; null: nothing is.</param>
/// <param name="Policies">Policies that select the subject and have a say in the direction, in canonical order.</param>
/// <param name="Steps">The stages that were asked, in order; none where nothing is enforced.</param>
public sealed record SideWalk(SideDecision Decision, Endpoint? Subject, ImmutableArray<PolicyNode> Policies, ImmutableArray<WalkStep> Steps);
