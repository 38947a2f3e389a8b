using System.Collections.Immutable;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>What could be read from a guest's console.</summary>
/// <param name="Release">The kernel's; empty when the guest did not come so far.</param>
/// <param name="Objects">By number, those it finished.</param>
/// <param name="IsComplete">The guest said that it was through with its job.</param>
/// <param name="LastWords">The kernel's panic or the last line on the console, for a guest that was not; may be empty.</param>
internal sealed record GuestReport(string Release, ImmutableDictionary<int, GuestObject> Objects, bool IsComplete, string LastWords);
