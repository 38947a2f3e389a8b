using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel;

/// <summary>What a program answered for one packet.</summary>
/// <param name="ReturnValue">The TC_ACT code: 0 lets the packet pass, 2 drops it.</param>
/// <param name="Verdict">The verdict word, which the program leaves in <c>__sk_buff.cb[4]</c>.</param>
public readonly record struct TestRunResult(int ReturnValue, VerdictWord Verdict)
{
    private const int TcActShot = 2;

    public bool Passes => ReturnValue != TcActShot;
}
