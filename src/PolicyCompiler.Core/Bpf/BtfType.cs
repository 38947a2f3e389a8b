using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>One type.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Name">Empty for anonymous types.</param>
/// <param name="Size">Bytes, for kinds that have a size of their own.</param>
/// <param name="Reference">The type id it refers to: pointee, aliased or qualified type, element of an array.</param>
/// <param name="Count">Elements of an array.</param>
/// <param name="Members">Of a struct, union or data section.</param>
public sealed record BtfType(BtfKind Kind, string Name, uint Size, uint Reference, uint Count, ImmutableArray<BtfMember> Members);
