namespace PolicyCompiler.Core.Tables;

/// <summary>
/// An action and the id of the decision that says so, as the datapath stores it (policyc_abi.h): action in bits 28-31,
/// decision id below. All zero is a drop without a decision.
/// </summary>
public readonly record struct VerdictWord(uint Value)
{
    private const int ActionShift = 28;

    public VerdictWord(VerdictAction action, int decision)
        : this(((uint)action << ActionShift) | (uint)decision)
    {
    }

    public VerdictAction Action => (VerdictAction)(Value >> ActionShift);

    public int Decision => (int)(Value & ((1u << ActionShift) - 1));

    public override string ToString() => $"{Action.Word()}#{Decision}";
}
