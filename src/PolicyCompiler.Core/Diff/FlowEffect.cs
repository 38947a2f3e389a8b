namespace PolicyCompiler.Core.Diff;

/// <summary>What both sides together do with a flow.</summary>
/// <param name="Passes">Neither side drops it.</param>
/// <param name="NeedsAuthentication">Only once both ends are authenticated.</param>
/// <param name="EgressProxy">Through this proxy on its way out.</param>
/// <param name="IngressProxy">Through this proxy on its way in.</param>
public readonly record struct FlowEffect(bool Passes, bool NeedsAuthentication, ProxyContent? EgressProxy, ProxyContent? IngressProxy)
{
    internal static FlowEffect Of(SideEffect egress, SideEffect ingress) => egress.Passes && ingress.Passes
        ? new FlowEffect(true, egress.Authenticates || ingress.Authenticates, egress.Proxy, ingress.Proxy)
        : default;

    /// <summary>What becomes of this effect when it turns into another one.</summary>
    public ChangeKind Towards(FlowEffect after)
    {
        if (Passes != after.Passes)
        {
            return after.Passes ? ChangeKind.Widened : ChangeKind.Narrowed;
        }

        ProxyComparison[] parts =
        [
            NeedsAuthentication == after.NeedsAuthentication ? ProxyComparison.Equal : NeedsAuthentication ? ProxyComparison.Wider : ProxyComparison.Narrower,
            ProxyContent.Compare(after.EgressProxy, EgressProxy),
            ProxyContent.Compare(after.IngressProxy, IngressProxy),
        ];
        return parts.All(p => p is ProxyComparison.Equal or ProxyComparison.Wider) ? ChangeKind.Widened
            : parts.All(p => p is ProxyComparison.Equal or ProxyComparison.Narrower) ? ChangeKind.Narrowed
            : ChangeKind.Changed;
    }

    /// <summary>Of two effects under which flows pass: requests that a proxy lets pass here, and not there.</summary>
    public IEnumerable<string> RequestsBeyond(FlowEffect other) => Passes && other.Passes
        ? Beyond(EgressProxy, other.EgressProxy).Concat(Beyond(IngressProxy, other.IngressProxy)).Distinct()
        : [];

    private static IEnumerable<string> Beyond(ProxyContent? proxy, ProxyContent? other) =>
        proxy is not null ? proxy.RequestsBeyond(other) : other is null or { PassesAll: true } ? [] : [ProxyContent.Others];

    /// <summary><c>denied</c>, <c>allowed</c>, or <c>allowed once authenticated, HTTP rules at ingress</c>.</summary>
    public override string ToString()
    {
        if (!Passes)
        {
            return "denied";
        }

        string?[] conditions =
        [
            NeedsAuthentication ? "once authenticated" : null,
            EgressProxy is null ? null : $"by {EgressProxy} at egress",
            IngressProxy is null ? null : $"by {IngressProxy} at ingress",
        ];
        return $"allowed {string.Join(" and ", conditions.Where(c => c is not null))}".TrimEnd();
    }
}
