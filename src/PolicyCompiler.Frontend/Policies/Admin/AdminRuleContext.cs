using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>What a peer has to know of the rule it is in.</summary>
/// <param name="Variant">The kind of the policy.</param>
/// <param name="Tier">The tier of the policy; null when it could not be read.</param>
/// <param name="IsEgress">False for ingress.</param>
/// <param name="Action">The action of the rule; null when it could not be read.</param>
internal readonly record struct AdminRuleContext(AdminVariant Variant, Tier? Tier, bool IsEgress, RuleAction? Action);
