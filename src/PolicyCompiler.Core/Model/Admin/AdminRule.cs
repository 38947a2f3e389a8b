using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Admin;

/// <param name="Name">name; null when absent.</param>
/// <param name="Action">action; Accept is Allow.</param>
/// <param name="Peers">from or to; at least one.</param>
/// <param name="Ports">ports or protocols; empty when absent: all traffic.</param>
/// <param name="Span">The list item.</param>
public sealed record AdminRule(
    string? Name, RuleAction Action, ImmutableArray<AdminPeer> Peers, ImmutableArray<AdminPort> Ports, SourceSpan Span);
