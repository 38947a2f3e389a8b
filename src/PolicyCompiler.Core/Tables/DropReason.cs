namespace PolicyCompiler.Core.Tables;

/// <summary>Why the datapath drops a packet; the numbers are Cilium's drop codes (bpf/lib/drop_reasons.h), as metrics show them.</summary>
public enum DropReason
{
    None = 0,
    InvalidSourceAddress = 132,
    Policy = 133,
    Invalid = 134,
    UnknownL3 = 139,
    ConnectionNotCreated = 155,
    InvalidExtensionHeader = 156,
    FragmentNotFound = 175,
    ProxyLookupFailed = 178,
    PolicyDeny = 181,
    AuthenticationRequired = 189,
    InvalidTable = 190,
}
