namespace PolicyCompiler.Kernel.Emulation;

/// <summary>How an emulator's run went.</summary>
/// <param name="Console">What came on the serial line, one character a byte.</param>
/// <param name="Error">What the emulator itself complained about.</param>
/// <param name="TimedOut">It was ended because it took too long.</param>
internal sealed record EmulatorRun(string Console, string Error, bool TimedOut);
