using System.Collections.Immutable;

namespace PolicyCompiler.Core.Names;

/// <summary>All classes that a list of patterns makes.</summary>
/// <param name="Classes">By the number of patterns, then by the patterns in order.</param>
/// <param name="IsComplete">
/// Every set of patterns that one name can have is a class. False when there are more than the caller allows: the patterns
/// must then be reported, since names outside the classes would be mistaken.
/// </param>
/// <param name="IsClosed">The union of two classes is a class, so that an address with several names has one too.</param>
public sealed record NameClasses(ImmutableArray<NameClass> Classes, bool IsComplete, bool IsClosed);
