namespace PolicyCompiler.Kernel.Emulation;

/// <summary>What the guest says of one program it loaded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Instructions">8-byte slots in the object.</param>
/// <param name="Log">The end of the verifier's log; empty for a program that was not reached.</param>
internal sealed record GuestProgram(string Name, int Instructions, string Log);
