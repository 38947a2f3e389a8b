namespace PolicyCompiler.Core.Model;

/// <summary>A container port with a name.</summary>
public readonly record struct NamedPort(string Name, IpProtocol Protocol, ushort Number);
