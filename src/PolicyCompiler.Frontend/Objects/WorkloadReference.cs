namespace PolicyCompiler.Frontend.Objects;

/// <summary>The controller that an object names as its owner, in the object's own namespace.</summary>
internal sealed record WorkloadReference(string Kind, string Name);
