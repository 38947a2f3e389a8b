namespace PolicyCompiler.Core.Connectivity;

/// <summary>What an end of a row is made of.</summary>
public enum ConnectivityLevel
{
    /// <summary>The pods of a workload together, or a pod without one.</summary>
    Workload,

    /// <summary>Single pods; a workload that has none in the input stands for its pods.</summary>
    Pod,

    /// <summary>All pods of a namespace. Only here an end has a row with itself: between two pods of it.</summary>
    Namespace,
}
