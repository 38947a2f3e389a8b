namespace PolicyCompiler.Core.Tables;

public enum IdentityKind
{
    /// <summary>Addresses that no ipcache entry covers, one identity a family.</summary>
    World,

    /// <summary>Endpoints of one namespace that no selector can tell apart.</summary>
    Labels,

    /// <summary>Addresses outside the cluster that the same ipBlocks match.</summary>
    Cidr,

    /// <summary>Addresses of a node.</summary>
    Node,

    /// <summary>A reserved identity; an agent knows its addresses, an input does not.</summary>
    Reserved,

    /// <summary>Addresses outside the cluster that DNS gave for names, which the same patterns and the same ipBlocks match.</summary>
    Name,
}
