using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>
/// Decides assertions about a compiled policy set, for all flows that they speak of: the tables say which of them are alike,
/// and a flow that is not as asserted is explained from the policies. Not safe for use by several threads.
/// </summary>
/// <param name="tables">What the policies were compiled to.</param>
/// <param name="collectWitnesses">Also keep flows that show every decision that was met.</param>
public sealed class AssertionEvaluator(PolicyTables tables, bool collectWitnesses = false)
{
    private readonly RuleGraph _graph = tables.Graph;
    private readonly ServiceResolver _services = new(tables.Graph);
    private readonly FlowSetResolver _resolver = new(tables);
    private readonly FlowMembers _members = new(tables);
    private readonly SideVerdicts _sides = new(tables);
    private readonly FlowExplainer _explainer = new(tables.Graph);

    public IEnumerable<TestResult> Evaluate(AssertionSuite suite) =>
        suite.Tests.Select(t => new TestResult(suite, t, [.. t.Assertions.Select(Evaluate)]));

    public AssertionResult Evaluate(Assertion assertion)
    {
        var diagnostics = new List<Diagnostic>();
        var source = _resolver.Resolve(assertion.Source, isExclusion: false, diagnostics);
        var destination = _resolver.Resolve(assertion.Destination, isExclusion: false, diagnostics);
        if (ServicesOf(source).FirstOrDefault() is { } service)
        {
            diagnostics.Add(AssertionDiagnostics.ServiceAsSource.At(assertion.Source.Span, $"{service.Namespace}/{service.Name}"));
        }

        if (ReasonCheck.Find(_graph, assertion.Because) is { } unknown)
        {
            diagnostics.Add(unknown);
        }

        if (diagnostics.Count > 0)
        {
            return Failed(assertion, diagnostics);
        }

        if (assertion.Kind == AssertionKind.Only)
        {
            if (assertion.Source is not FlowSet.Nothing && !source.IsOptional && !_members.Of(source, destination).Any())
            {
                return Failed(assertion, [AssertionDiagnostics.Empty.At(assertion.Source.Span, "source", WhyNobody(source))]);
            }

            source = _resolver.Resolve(new FlowSet.Except(new FlowSet.Anything(assertion.Source.Span), assertion.Source, assertion.Source.Span), isExclusion: false, []);
        }

        ImmutableArray<FlowMember> sources = [.. _members.Of(source, destination)];
        ImmutableArray<FlowTarget> targets = [.. _members.TargetsOf(destination, source, assertion.Ports)];
        if (sources.IsEmpty || targets.IsEmpty)
        {
            return Empty(assertion, sources.IsEmpty ? source : destination, sources.IsEmpty, source);
        }

        return Check(assertion, sources, targets, source.IsAnything || destination.IsAnything);
    }

    private AssertionResult Check(Assertion assertion, ImmutableArray<FlowMember> sources, ImmutableArray<FlowTarget> targets, bool isAnything)
    {
        var checker = new PairChecker(tables, _sides, _explainer, assertion, isAnything, collectWitnesses);
        PairResult? result = null;
        foreach (var source in sources)
        {
            if (OfSource(source) is not { } found)
            {
                continue;
            }

            // The first that settles it; else the first that was found.
            var settles = found.Failure is null == assertion.AnySource;
            result = settles ? found : result ?? found;
            if (settles)
            {
                break;
            }
        }

        if (result is null)
        {
            return Failed(assertion, [AssertionDiagnostics.NoFlow.At(assertion.Span, WhyNone(assertion, sources, targets))]);
        }

        var verdict = new AssertionResult(assertion, AssertionOutcome.Passed) { Witnesses = [.. checker.Witnesses] };
        return result.Failure is not { } failure ? verdict : verdict with
        {
            Outcome = AssertionOutcome.Failed,
            Diagnostics = [Finding(assertion, failure)],
            Counterexample = Explain(assertion, failure),
            Failure = failure.Answer,
        };

        PairResult? OfSource(FlowMember source)
        {
            PairResult? first = null;
            foreach (var target in targets)
            {
                if (checker.Check(source, target) is not { } found)
                {
                    continue;
                }

                if (found.Failure is null == assertion.AnyDestination)
                {
                    return found;
                }

                first ??= found;
            }

            return first;
        }
    }

    private AssertionResult Empty(Assertion assertion, MemberSet empty, bool isSource, MemberSet source)
    {
        var (what, span) = isSource ? ("source", assertion.Source.Span) : ("destination", assertion.Destination.Span);
        if (empty.IsOptional)
        {
            return new AssertionResult(assertion, AssertionOutcome.Skipped) { Diagnostics = [AssertionDiagnostics.Skipped.At(span, what)] };
        }

        return Failed(assertion, [!isSource && ServicesOf(empty).FirstOrDefault() is { } service && !source.Equals(MemberSet.Empty) && NoPort(service, assertion) is { } noPort
            ? noPort : AssertionDiagnostics.Empty.At(span, what, WhyNobody(empty))]);
    }

    private static string WhyNobody(MemberSet empty) => empty.SkipsHostPods
        ? " (only host-network pods have these labels, and no selector matches them; name the pod, or its node by 'node' or 'ip')"
        : "";

    private IEnumerable<Service> ServicesOf(MemberSet set) => set.Services.Concat(set.ServiceAddresses.SelectMany(_services.At));

    private static Diagnostic? NoPort(Service service, Assertion assertion) =>
        service.Ports.Any(p => assertion.Ports.IsEmpty || assertion.Ports.Any(r => r.Contains(PortKey.Of(p.Protocol, p.Port)))) ? null
            : AssertionDiagnostics.NoServicePort.At(
                assertion.Destination.Span, $"{service.Namespace}/{service.Name}",
                service.Ports.IsEmpty ? "no ports" : string.Join(", ", service.Ports.Select(p => $"{p.Protocol.Name()} {p.Port}")));

    private static string WhyNone(Assertion assertion, ImmutableArray<FlowMember> sources, ImmutableArray<FlowTarget> targets) =>
        sources.SelectMany(s => s.Families).Intersect(targets.SelectMany(t => t.Member.Families)).Any(f => (assertion.Family ?? f) == f)
            ? "no end is policed, the ports belong to another address family, or each is the only one at both ends"
            : $"they have no address family in common{(assertion.Family is { } family ? $" that is {family}" : "")}";

    private Diagnostic Finding(Assertion assertion, PairFailure failure)
    {
        var flow = failure.Answer.Decision.Flow;
        var through = failure.Frontend is { } frontend ? $" (through service {frontend.Reference})" : "";
        var verdict = failure.Answer.Allowed ? "is allowed" : "is denied";
        var because = ReasonCheck.Describe(_graph, failure.Answer);
        return failure.IsWrongReason
            ? AssertionDiagnostics.WrongReason.At(assertion.Span, assertion.Text, $"{flow}{through} {verdict}", because, assertion.Because)
            : AssertionDiagnostics.Failed.At(assertion.Span, assertion.Text, $"{OneOf(assertion)}{flow}{through} {verdict}: {because}");
    }

    private static string OneOf(Assertion assertion) => assertion.AnySource || assertion.AnyDestination ? "no member will do; of one, " : "";

    private ExplainedFlow Explain(Assertion assertion, PairFailure failure)
    {
        var flow = failure.Answer.Decision.Flow;
        if (failure.Frontend is { } frontend)
        {
            var toService = Request(assertion, flow, $"service:{frontend.Reference}", frontend.Port!.Port);
            return _explainer.Explain(toService).Value ?? new ExplainedFlow(toService, frontend, [failure.Answer]);
        }

        return new ExplainedFlow(Request(assertion, flow, FlowMember.Reference(flow.Destination), flow.Port), null, [failure.Answer]);
    }

    private static FlowRequest Request(Assertion assertion, Flow flow, string to, int port) =>
        new(FlowMember.Reference(flow.Source), to, flow.Protocol, port, flow.Family) { Request = assertion.Request };

    private static AssertionResult Failed(Assertion assertion, IEnumerable<Diagnostic> diagnostics) =>
        new(assertion, AssertionOutcome.Failed) { Diagnostics = [.. diagnostics] };
}
