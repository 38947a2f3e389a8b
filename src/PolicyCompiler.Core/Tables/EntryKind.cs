namespace PolicyCompiler.Core.Tables;

/// <summary>
/// What an entry is, in the order in which entries are asked: the first that matches decides, but for the two that say so.
/// </summary>
public enum EntryKind
{
    /// <summary>A rule of the admin tier.</summary>
    Admin,

    /// <summary>A rule of the admin tier that leaves the decision to the entries from <see cref="Deny"/> on.</summary>
    AdminPass,

    /// <summary>A deny rule of the normal tier.</summary>
    Deny,

    /// <summary>Ingress from the endpoint's own node, where it is decided in the tables.</summary>
    NodeLocal,

    /// <summary>An allow rule whose authentication always fails: what it matches passes by no other rule either.</summary>
    FailsAuthentication,

    /// <summary>An allow rule whose connections a proxy serves; all that match, and the plain ones, add up.</summary>
    Proxied,

    /// <summary>An allow rule that asks for authentication: before plain ones, so that it holds for them too.</summary>
    Authenticated,

    /// <summary>A plain allow rule of the normal tier.</summary>
    Allow,

    /// <summary>A rule of the baseline tier, where nothing isolates the endpoint.</summary>
    Baseline,
}
