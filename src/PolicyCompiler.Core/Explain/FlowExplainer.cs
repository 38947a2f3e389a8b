using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Explain;

/// <summary>Answers requests: resolves their ends, asks the evaluator, and asks the proxies that it sends flows to.</summary>
public sealed class FlowExplainer(RuleGraph graph)
{
    private readonly FlowResolver _resolver = new(graph);
    private readonly FlowEvaluator _evaluator = new(graph);

    public Stage<ExplainedFlow> Explain(FlowRequest request)
    {
        var resolved = _resolver.Resolve(request);
        return resolved.Value is { } flow
            ? Stage.Of(new ExplainedFlow(request, flow.Frontend, [.. flow.Flows.Select(f => Answer(f, request.Request))]), resolved.Diagnostics)
            : Stage.Of<ExplainedFlow>(null, resolved.Diagnostics);
    }

    /// <summary>The answer about one flow whose ends are known.</summary>
    public FlowAnswer Answer(Flow flow, ProxyRequest? request)
    {
        var decision = _evaluator.Evaluate(flow);
        return new FlowAnswer(decision, Ask(decision.Egress, request), Ask(decision.Ingress, request));
    }

    /// <summary>Rules that no proxy can serve together do not compile; a graph of them has no answer either.</summary>
    private static ProxyDecision? Ask(SideDecision side, ProxyRequest? request)
    {
        if (request is null || side.Proxied.IsEmpty)
        {
            return null;
        }

        var merge = ProxyRuleSetBuilder.Merge(side.Proxied.Select(r => new ProxyRuleMember(r.Id.Value, r.Proxy!)), side.ProxyAllowsEverything);
        return merge is ProxyMerge.Merged merged
            ? ProxyEvaluator.Evaluate(merged.Set, request)
            : new ProxyDecision(ProxyVerdict.Denied, null, null, SourceSpan.None, "the rules ask for proxies that cannot serve them together");
    }
}
