namespace PolicyCompiler.Core.Model;

/// <summary>A port of a service. The target is a number, or the name of a container port.</summary>
public sealed record ServicePort(string? Name, IpProtocol Protocol, ushort Port, ushort? TargetPort, string? TargetPortName, ushort? NodePort);
