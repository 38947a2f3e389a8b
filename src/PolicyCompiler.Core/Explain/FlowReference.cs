using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Explain;

/// <summary>One end of a flow as a user names it.</summary>
public abstract record FlowReference
{
    private FlowReference()
    {
    }

    /// <summary>The forms, for messages.</summary>
    public const string Forms = "NAMESPACE/POD, ip:ADDRESS, service:NAMESPACE/NAME, node:NAME, dns:NAME, or an entity such as world or host";

    /// <summary><c>namespace/name</c> of a pod or workload.</summary>
    public sealed record Endpoint(string Namespace, string Name) : FlowReference;

    /// <summary><c>ip:ADDRESS</c>.</summary>
    public sealed record Address(IpAddress Value) : FlowReference;

    /// <summary><c>service:NAMESPACE/NAME</c>.</summary>
    public sealed record Service(string Namespace, string Name) : FlowReference;

    /// <summary><c>node:NAME</c>.</summary>
    public sealed record Node(string Name) : FlowReference;

    /// <summary><c>dns:NAME</c>; lower case, without a trailing dot.</summary>
    public sealed record DnsName(string Name) : FlowReference;

    /// <summary>An entity that is one identity.</summary>
    public sealed record Entity(Model.Entity Value) : FlowReference;

    /// <returns>Null when the text has none of the forms.</returns>
    public static FlowReference? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var rest = text[(colon + 1)..];
        return (colon < 0 ? "" : text[..colon]) switch
        {
            "ip" => IpAddress.TryParse(rest, out var address) ? new Address(address) : null,
            "service" => rest.Split('/') is [{ Length: > 0 } ns, { Length: > 0 } name] ? new Service(ns, name) : null,
            "node" => rest.Length > 0 ? new Node(rest) : null,
            "dns" => rest.TrimEnd('.') is { Length: > 0 } name ? new DnsName(name.ToLowerInvariant()) : null,
            "" when colon < 0 && Entities.TryParse(text, out var entity) =>
                entity is Model.Entity.All or Model.Entity.Cluster or Model.Entity.None ? null : new Entity(entity),
            "" when colon < 0 && text.Split('/') is [{ Length: > 0 } ns, { Length: > 0 } name] => new Endpoint(ns, name),
            _ => null,
        };
    }
}
