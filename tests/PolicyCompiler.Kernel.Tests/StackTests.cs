using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel.Tests;

/// <summary>
/// A program and all that is called at one time share 512 bytes of stack, and what LLVM makes of the parts of the template
/// depends on all that a program is made of: so the verifier is asked about their combinations. With POLICYC_ALL_PLANS=1 it is
/// asked about every one.
/// </summary>
public sealed partial class StackTests
{
    private static readonly (string Name, DecisionPlan Ingress, DecisionPlan Egress)[] Decisions =
    [
        ("inline and constant", Inline(TwoCases), Constant),
        ("constant and inline", Constant, Inline(TwoCases)),
        ("inline", Inline(TwoCases), Inline(TwoCases)),
        ("tables", Table, Table),
        ("table and inline", Table, Inline(TwoCases)),
        ("constants", Constant, Constant),
    ];

    private static DecisionPlan Constant => new DecisionPlan.Constant(new VerdictWord(VerdictAction.Drop, 76), default);

    private static DecisionPlan Table => new DecisionPlan.Table(ByIdentity: true, ByPort: true, IdentityLevels: 3, RowLevels: 3);

    private static InlineCase[] TwoCases =>
    [
        new InlineCase(
            [(1, 1), (5, 5), (13, 19)],
            [new PortKeyRange(Udp(53), Udp(353)), new PortKeyRange(PortKey.IcmpV6Base, PortKey.ProtocolBase - 1)],
            new VerdictWord(VerdictAction.Drop, 65),
            default),
        new InlineCase([(1, 1), (13, 19)], [new PortKeyRange(Udp(53), Udp(53))], new VerdictWord(VerdictAction.Authenticate, 64), default),
    ];

    [Fact]
    public void EveryCombinationHasRoom()
    {
        KernelRequirement.Require();
        var all = Environment.GetEnvironmentVariable("POLICYC_ALL_PLANS") == "1";
        var rejected = new ConcurrentBag<string>();
        // Among these is the plan that was refused once.
        var plans = Plans().Where((_, i) => all || i % 11 == 1).ToList();
        Parallel.ForEach(plans, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, item =>
        {
            var built = new LlvmCodeGenerator().Generate("stack", item.Plan);
            Assert.True(built.Succeeded, string.Join('\n', built.Diagnostics));
            var report = new LibbpfVerifier().Verify([built.Value!], []).Value!;
            if (report.Outcome != VerificationOutcome.Accepted)
            {
                rejected.Add($"{item.Name}: {string.Join(' ', report.Objects.SelectMany(o => Depths().Matches(o.Log)).Select(m => m.Value))}");
            }
        });
        Assert.Empty(rejected.Order(StringComparer.Ordinal));
        Assert.True(plans.Count > 50, $"{plans.Count} plans");
    }

    private static IEnumerable<(string Name, ProgramPlan Plan)> Plans() =>
        from decision in Decisions
        from ipCache in Enumerable.Range(0, 16).Select(s => (IpCacheShape)s)
        from features in Enumerable.Range(0, 4).Select(f => (ProgramFeatures)f)
        from nodeLocal in new[] { false, true }
        from alternatives in new[] { KernelAlternatives.None, KernelAlternatives.Locks | KernelAlternatives.ExactClock }
        select ($"{decision.Name}, {ipCache}, {features}, node local {nodeLocal}, {alternatives}",
            new ProgramPlan(decision.Ingress, decision.Egress, ipCache, nodeLocal, Enforced: true) { Features = features, Alternatives = alternatives });

    private static DecisionPlan Inline(params InlineCase[] cases) => new DecisionPlan.Inline([.. cases], new VerdictWord(VerdictAction.Drop, 75), default);

    private static int Udp(int port) => PortKey.Of(IpProtocol.Udp, port);

    [GeneratedRegex("combined stack size.*|stack depth .*")]
    private static partial Regex Depths();
}
