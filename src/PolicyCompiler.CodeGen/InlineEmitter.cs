using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen;

/// <summary>
/// Comparisons, first match wins. The ports of all cases are tested first: only when the first case whose ports match also
/// asks for an identity is the identity looked up, which costs more than all comparisons together. From there the cases
/// are tested again, now in full, so the code has a single lookup.
/// </summary>
internal static class InlineEmitter
{
    public static void Emit(DecisionBuilder builder, DecisionPlan.Inline plan)
    {
        var verdicts = plan.Cases.Select((_, i) => builder.Block($"case{i}")).ToArray();
        var otherwise = builder.Block("default");
        var firstByIdentity = plan.Cases.TakeWhile(c => c.Identities.IsEmpty).Count();
        var usesIdentity = firstByIdentity < plan.Cases.Length;
        var lookUp = usesIdentity ? builder.Block("identity") : default;

        LLVMValueRef portKey = default;
        if (plan.Cases.Any(c => !c.Ports.IsEmpty))
        {
            builder.At(PlanOrigin.None, GeneratedStep.LookUpPort);
            portKey = builder.PortKey();
        }

        EmitChain(builder, plan.Cases, 0, otherwise, i => plan.Cases[i].Identities.IsEmpty ? verdicts[i] : lookUp, c => PortsOf(builder, c, portKey));

        if (usesIdentity)
        {
            builder.Position(lookUp);
            builder.At(PlanOrigin.None, GeneratedStep.LookUpIdentity);
            var identity = builder.Identity();
            EmitChain(builder, plan.Cases, firstByIdentity, otherwise, i => verdicts[i], c =>
            {
                var ports = PortsOf(builder, c, portKey);
                var identities = c.Identities.IsEmpty ? (LLVMValueRef?)null : builder.InAny(identity, c.Identities);
                return (ports, identities) switch
                {
                    ({ } p, { } i) => builder.Both(p, i),
                    _ => ports ?? identities,
                };
            });
        }

        for (var i = 0; i < plan.Cases.Length; i++)
        {
            builder.Position(verdicts[i]);
            builder.At(plan.Cases[i].Origin, GeneratedStep.ReadVerdict);
            builder.Return(builder.Number(plan.Cases[i].Verdict.Value));
        }

        builder.Position(otherwise);
        builder.At(plan.Origin, GeneratedStep.Default);
        builder.Return(builder.Number(plan.Default.Value));
    }

    /// <summary>From the current block: the first case whose condition holds leads to its target, none to the default.</summary>
    private static void EmitChain(
        DecisionBuilder builder, IReadOnlyList<InlineCase> cases, int start, LLVMBasicBlockRef otherwise,
        Func<int, LLVMBasicBlockRef> target, Func<InlineCase, LLVMValueRef?> condition)
    {
        for (var i = start; i < cases.Count; i++)
        {
            builder.At(cases[i].Origin, GeneratedStep.Decide);
            if (condition(cases[i]) is not { } holds)
            {
                builder.Branch(target(i));
                return;
            }

            var next = i + 1 < cases.Count ? builder.Block($"after{i}") : otherwise;
            builder.BranchIf(holds, target(i), next);
            if (i + 1 < cases.Count)
            {
                builder.Position(next);
            }
        }

        if (start == cases.Count)
        {
            builder.Branch(otherwise);
        }
    }

    private static LLVMValueRef? PortsOf(DecisionBuilder builder, InlineCase item, LLVMValueRef portKey) =>
        item.Ports.IsEmpty ? null : builder.InAny(portKey, item.Ports.Select(r => (r.First, r.Last)));
}
