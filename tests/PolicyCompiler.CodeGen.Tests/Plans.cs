using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.CodeGen.Tests;

/// <summary>Plans of every kind.</summary>
internal static class Plans
{
    public const string Path = "policies/web/allow.yaml";

    private const IpCacheShape Everything =
        IpCacheShape.ExactIPv4 | IpCacheShape.PrefixIPv4 | IpCacheShape.ExactIPv6 | IpCacheShape.PrefixIPv6;

    public static IReadOnlyDictionary<string, ProgramPlan> All { get; } = new SortedDictionary<string, ProgramPlan>(StringComparer.Ordinal)
    {
        ["not-enforced"] = Both(Constant(VerdictAction.Allow)) with { Enforced = false, IpCache = IpCacheShape.None },
        ["constant"] = Both(Constant(VerdictAction.Drop)),
        ["inline-ports"] = Both(Inline(Case(64, 10, [], [80]))),
        ["inline-identities"] = Both(Inline(Case(64, 10, [(7, 7)], []))),
        ["inline-mixed"] = Both(Inline(Case(64, 10, [(7, 9), (20, 20)], [80, 443]), Case(65, 14, [], [53]), Case(66, 18, [(3, 4000)], []))),
        ["inline-unconditional"] = Both(Inline(Case(64, 10, [], [80]), Case(65, 14, [], []), Case(66, 18, [(3, 3)], [22]))),
        ["inline-empty"] = Both(Inline()),
        ["table"] = Both(new DecisionPlan.Table(ByIdentity: true, ByPort: true, IdentityLevels: 2, RowLevels: 1)),
        ["table-deep"] = Both(new DecisionPlan.Table(ByIdentity: true, ByPort: true, IdentityLevels: 3, RowLevels: 3)),
        ["table-port"] = Both(new DecisionPlan.Table(ByIdentity: false, ByPort: true, IdentityLevels: 0, RowLevels: 1)),
        ["table-identity"] = Both(new DecisionPlan.Table(ByIdentity: true, ByPort: false, IdentityLevels: 2, RowLevels: 1)),
        ["table-single"] = Both(new DecisionPlan.Table(ByIdentity: false, ByPort: false, IdentityLevels: 0, RowLevels: 1)),
        ["redirects"] = Both(Inline(Case(64, 10, [], [80], VerdictAction.Redirect))) with { Features = ProgramFeatures.Redirects },
        ["authenticates"] = Both(Inline(Case(64, 10, [], [80], VerdictAction.Authenticate))) with { Features = ProgramFeatures.Authenticates },
        ["table-served"] = Both(new DecisionPlan.Table(ByIdentity: true, ByPort: true, IdentityLevels: 2, RowLevels: 1)) with
        {
            Features = ProgramFeatures.Redirects | ProgramFeatures.Authenticates,
        },
        ["older-kernel"] = Both(Inline(Case(64, 10, [(7, 9)], [80]))) with { Alternatives = TargetKernel.AlternativesFor(KernelVersion.Oldest) },
        ["mixed"] = new ProgramPlan(
            Inline(Case(64, 10, [(7, 7)], [80])), new DecisionPlan.Table(true, true, 2, 2), IpCacheShape.ExactIPv4, NodeLocal: false, Enforced: true),
    };

    private static readonly Dictionary<string, Lazy<BpfObject>> Built =
        All.Keys.ToDictionary(n => n, n => new Lazy<BpfObject>(() => BuildAgain(n)), StringComparer.Ordinal);

    public static ProgramPlan Both(DecisionPlan plan) => new(plan, plan, Everything, NodeLocal: true, Enforced: true);

    public static DecisionPlan Constant(VerdictAction action) => new DecisionPlan.Constant(new VerdictWord(action, 64), Origin(3));

    public static DecisionPlan Inline(params InlineCase[] cases) =>
        new DecisionPlan.Inline([.. cases], new VerdictWord(VerdictAction.Drop, 100), Origin(1));

    public static InlineCase Case(
        int decision, int line, (int First, int Last)[] identities, int[] tcpPorts, VerdictAction action = VerdictAction.Allow) => new(
        [.. identities],
        [.. tcpPorts.Select(p => new PortKeyRange(PortKey.Of(IpProtocol.Tcp, p), PortKey.Of(IpProtocol.Tcp, p)))],
        new VerdictWord(action, decision),
        Origin(line));

    public static PlanOrigin Origin(int line) => new(Path, line, 7, $"- from: # {line}");

    /// <summary>The object of a plan; built once.</summary>
    public static BpfObject Build(string name) => Built[name].Value;

    public static BpfObject BuildAgain(string name)
    {
        var stage = new LlvmCodeGenerator().Generate(name, All[name]);
        Assert.Empty(stage.Diagnostics.Select(d => d.ToString()));
        return stage.Value!;
    }
}
