using System.Collections.Immutable;

namespace PolicyCompiler.Core.Model;

/// <summary>All policies of the input, in ordinal order of kind, namespace and name.</summary>
public sealed record PolicySet(ImmutableArray<PolicyObject> Policies);
