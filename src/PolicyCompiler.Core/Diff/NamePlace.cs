using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>Ranges of addresses that the same blocks of both sides match.</summary>
internal sealed record NamePlace(AddressFamily Family, int Old, int New, List<EndMember.Range> Ranges);
