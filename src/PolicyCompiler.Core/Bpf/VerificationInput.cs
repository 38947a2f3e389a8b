using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Objects that share their maps, to be shown to kernels together: a bundle, or what was just compiled.</summary>
/// <param name="Name">Unique among those that are verified at once; what the reader named.</param>
/// <param name="Objects">Each with a name of its own.</param>
/// <param name="Maps">Sizes of the maps they share.</param>
/// <param name="Subjects">Object name -> the first endpoint that it serves, which outlasts a renumbering of objects.</param>
public sealed record VerificationInput(
    string Name, ImmutableArray<BpfObject> Objects, ImmutableArray<MapContents> Maps, ImmutableSortedDictionary<string, string> Subjects)
{
    /// <summary>What to call an object in results that are compared over time.</summary>
    public string SubjectOf(string objectName) => Subjects.GetValueOrDefault(objectName, objectName);
}
