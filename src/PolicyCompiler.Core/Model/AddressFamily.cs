namespace PolicyCompiler.Core.Model;

public enum AddressFamily
{
    IPv4 = 4,
    IPv6 = 6,
}
