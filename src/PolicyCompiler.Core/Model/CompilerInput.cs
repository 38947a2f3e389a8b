namespace PolicyCompiler.Core.Model;

/// <summary>What the frontend makes of the texts: the policies and the cluster they are for.</summary>
public sealed record CompilerInput(PolicySet Policies, ClusterView Cluster);
