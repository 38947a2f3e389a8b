using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.CodeGen;

/// <summary>
/// Walks the tries of policyc_abi.h: port key -> column, identity -> row page, column -> verdict. A page that is not there
/// reads as 0, and page 0 and verdict 0 say 'drop': a table that is incomplete fails closed.
/// </summary>
internal static class TableEmitter
{
    private const int PageBits = 6;
    private const uint IdentityRoot = 0;
    private const uint PortRoot = 1;

    // The template's numbers of the directions (POLICYC_INGRESS, POLICYC_EGRESS).
    private static uint NumberOf(Direction direction) => direction == Direction.Ingress ? 0u : 1u;

    public static void Emit(DecisionBuilder builder, Direction direction, DecisionPlan.Table plan)
    {
        // The port before the identity: it costs less, and the walks do not depend on each other.
        var column = builder.Number(0);
        if (plan.ByPort)
        {
            builder.At(PlanOrigin.None, GeneratedStep.LookUpPort);
            var key = builder.PortKey();
            builder.At(PlanOrigin.None, GeneratedStep.PortClass);
            column = Walk(builder, builder.Root(NumberOf(direction), PortRoot), key, PortKey.Bits / PageBits);
        }

        builder.At(PlanOrigin.None, GeneratedStep.IdentityClass);
        var row = builder.Root(NumberOf(direction), IdentityRoot);
        if (plan.ByIdentity)
        {
            builder.At(PlanOrigin.None, GeneratedStep.LookUpIdentity);
            var identity = builder.Identity();

            // An index beyond the trie would alias another identity: the ipcache is newer than the tables.
            var unknown = builder.Block("unknown");
            var known = builder.Block("known");
            builder.BranchIf(builder.GreaterThan(identity, (1u << (plan.IdentityLevels * PageBits)) - 1), unknown, known);
            builder.Position(unknown);
            builder.Return(builder.Number(0));

            builder.Position(known);
            builder.At(PlanOrigin.None, GeneratedStep.IdentityClass);
            row = Walk(builder, row, identity, plan.IdentityLevels);
        }

        builder.At(PlanOrigin.None, GeneratedStep.ReadVerdict);
        builder.Return(Walk(builder, row, column, plan.RowLevels));
    }

    private static LLVMValueRef Walk(DecisionBuilder builder, LLVMValueRef root, LLVMValueRef key, int levels)
    {
        var value = root;
        for (var level = levels - 1; level >= 0; level--)
        {
            value = builder.Slot(value, builder.Mask(builder.ShiftRight(key, level * PageBits), (1 << PageBits) - 1));
        }

        return value;
    }
}
