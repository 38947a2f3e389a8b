namespace PolicyCompiler.Core.Bpf;

/// <summary>Which kinds of ipcache entries exist; a kind without entries costs no lookup. Bits as in the template.</summary>
[Flags]
public enum IpCacheShape
{
    None = 0,
    ExactIPv4 = 1,
    PrefixIPv4 = 2,
    ExactIPv6 = 4,
    PrefixIPv6 = 8,
}
