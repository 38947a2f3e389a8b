namespace PolicyCompiler.Core.Model.L7;

/// <summary>A Kubernetes Secret; the namespace is empty where the policy leaves it to the agent.</summary>
public sealed record SecretReference(string Namespace, string Name);
