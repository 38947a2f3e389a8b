namespace PolicyCompiler.Core.Model;

/// <summary>
/// What the Deployment controller calls a ReplicaSet: the Deployment's name, a hyphen, and the hash of the template that it
/// labels the pods with. A listing of pods seldom has more of their Deployment than that.
/// </summary>
public static class ReplicaSetName
{
    private const string TemplateHashLabel = "pod-template-hash";

    /// <param name="replicaSet">Name of a ReplicaSet.</param>
    /// <param name="labels">Labels of one of its pods.</param>
    /// <returns>The Deployment's name; null when the name says of none.</returns>
    public static string? DeploymentOf(string replicaSet, LabelSet labels) =>
        labels.Find(TemplateHashLabel) is { Length: > 0 } hash && replicaSet.Length > hash.Length + 1 && replicaSet.EndsWith($"-{hash}", StringComparison.Ordinal)
            ? replicaSet[..^(hash.Length + 1)]
            : null;

    /// <summary>The labels by which a ReplicaSet is known to be that Deployment's; none where its name is no such name.</summary>
    public static LabelSet LabelsOf(string replicaSet, string deployment) =>
        replicaSet.StartsWith($"{deployment}-", StringComparison.Ordinal)
            ? new LabelSet([KeyValuePair.Create(TemplateHashLabel, replicaSet[(deployment.Length + 1)..])])
            : LabelSet.Empty;
}
