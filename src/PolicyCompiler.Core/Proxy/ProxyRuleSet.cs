using System.Collections.Immutable;
using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Core.Proxy;

/// <summary>
/// What a proxy enforces on the connections of one peer and port: a request passes when any member allows it. Equal when the
/// proxy would do the same for the same policy rules, so that equal sets need one proxy configuration.
/// </summary>
/// <param name="Parser">What the proxy must understand.</param>
/// <param name="Members">In ascending order of their rule ids, one at least.</param>
/// <param name="AllowsEverything">
/// A rule without L7 allows the same connections, or the direction denies nothing by default: the proxy sees the requests and
/// lets all pass.
/// </param>
/// <param name="Listener">Where to send connections; null: the proxy's own listener for the parser.</param>
/// <param name="TerminatingTls">TLS from the client ends at the proxy.</param>
/// <param name="OriginatingTls">TLS from the proxy to the server.</param>
public sealed record ProxyRuleSet(
    ProxyParser Parser,
    ImmutableArray<ProxyRuleMember> Members,
    bool AllowsEverything,
    ProxyListener? Listener,
    TlsContext? TerminatingTls,
    TlsContext? OriginatingTls)
{
    public bool Equals(ProxyRuleSet? other) =>
        // Listener, TLS and parser follow from the members.
        other is not null && AllowsEverything == other.AllowsEverything && Members.SequenceEqual(other.Members);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(AllowsEverything);
        foreach (var member in Members)
        {
            hash.Add(member.RuleId);
        }

        return hash.ToHashCode();
    }
}
