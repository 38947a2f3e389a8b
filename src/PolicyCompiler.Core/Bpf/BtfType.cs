using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>One type.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Name">Empty for anonymous types.</param>
/// <param name="Size">Bytes, for kinds that have a size of their own.</param>
/// <param name="Reference">The type id it refers to: pointee, aliased or qualified type, element of an array, prototype of a function.</param>
/// <param name="Count">Elements of an array; linkage of a function (BTF_FUNC_GLOBAL is 1).</param>
/// <param name="Members">Of a struct, union or data section; parameters of a prototype.</param>
public sealed record BtfType(BtfKind Kind, string Name, uint Size, uint Reference, uint Count, ImmutableArray<BtfMember> Members);
