namespace PolicyCompiler.Core.Model;

/// <summary>IANA protocol numbers of the protocols that policies can name. Other numbers are legal values too.</summary>
public enum IpProtocol : byte
{
    Icmp = 1,
    Tcp = 6,
    Udp = 17,
    IcmpV6 = 58,
    Sctp = 132,
}
