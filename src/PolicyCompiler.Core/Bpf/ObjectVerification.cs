using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>The verdict on one object.</summary>
/// <param name="ObjectName">The object.</param>
/// <param name="Sha256">Lower-case hex hash of the ELF bytes that the kernel saw.</param>
/// <param name="Outcome">The verdict.</param>
/// <param name="Programs">Statistics by program, when accepted.</param>
/// <param name="Log">The verifier's full log, when rejected.</param>
public sealed record ObjectVerification(
    string ObjectName, string Sha256, VerificationOutcome Outcome, ImmutableArray<ProgramStatistics> Programs, string Log);
