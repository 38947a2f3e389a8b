namespace PolicyCompiler.Core.Tables;

public enum IdentityKind
{
    /// <summary>Addresses that no ipcache entry covers, one identity a family.</summary>
    World,

    /// <summary>Endpoints of one namespace that no selector can tell apart.</summary>
    Labels,

    /// <summary>Addresses outside the cluster that the same ipBlocks match.</summary>
    Cidr,
}
