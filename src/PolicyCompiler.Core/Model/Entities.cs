namespace PolicyCompiler.Core.Model;

public static class Entities
{
    private static readonly (Entity Entity, string Name)[] Names =
    [
        (Entity.All, "all"), (Entity.World, "world"), (Entity.WorldIPv4, "world-ipv4"), (Entity.WorldIPv6, "world-ipv6"),
        (Entity.Host, "host"), (Entity.RemoteNode, "remote-node"), (Entity.KubeApiServer, "kube-apiserver"),
        (Entity.Cluster, "cluster"), (Entity.Init, "init"), (Entity.Ingress, "ingress"), (Entity.Health, "health"),
        (Entity.Unmanaged, "unmanaged"), (Entity.None, "none"),
    ];

    /// <summary>Entities that are one identity each, without being part of another.</summary>
    public static IReadOnlyList<Entity> Reserved { get; } =
        [Entity.Host, Entity.RemoteNode, Entity.KubeApiServer, Entity.Init, Entity.Ingress, Entity.Health, Entity.Unmanaged];

    /// <summary>Every name a policy may write, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> AllNames { get; } = [.. Names.Select(n => n.Name)];

    /// <summary>As policies write it; case matters.</summary>
    public static string Name(this Entity entity) => Names[(int)entity].Name;

    /// <summary>The reverse of <see cref="Name"/>.</summary>
    public static bool TryParse(string name, out Entity entity)
    {
        var index = Array.FindIndex(Names, n => n.Name == name);
        entity = index < 0 ? default : Names[index].Entity;
        return index >= 0;
    }

    /// <summary>
    /// Number of a reserved identity (cilium: pkg/identity/numericidentity.go); 0 for entities that are none of their own.
    /// </summary>
    public static uint ReservedNumber(this Entity entity) => entity switch
    {
        Entity.Host => 1,
        Entity.World => 2,
        Entity.Unmanaged => 3,
        Entity.Health => 4,
        Entity.Init => 5,
        Entity.RemoteNode => 6,
        Entity.KubeApiServer => 7,
        Entity.Ingress => 8,
        Entity.WorldIPv4 => 9,
        Entity.WorldIPv6 => 10,
        _ => 0,
    };
}
