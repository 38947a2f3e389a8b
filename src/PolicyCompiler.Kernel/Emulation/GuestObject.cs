using System.Collections.Immutable;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>What the guest says of one object.</summary>
/// <param name="Error">0 when it was loaded, otherwise the error number of errno(3).</param>
/// <param name="Messages">libbpf's warnings, line by line; the verifier's log may be among them.</param>
/// <param name="Programs">In the order in which libbpf loads them.</param>
internal sealed record GuestObject(int Error, string Messages, ImmutableArray<GuestProgram> Programs);
