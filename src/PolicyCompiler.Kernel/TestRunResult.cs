using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel;

/// <summary>What a program answered for one packet.</summary>
/// <param name="ReturnValue">The TC_ACT code: 0 lets the packet pass, 2 drops it, 7 sends it back to the node's stack.</param>
/// <param name="Verdict">The verdict word, which the program leaves in <c>__sk_buff.cb[4]</c>.</param>
/// <param name="Mark"><c>__sk_buff.mark</c> after the run.</param>
public readonly record struct TestRunResult(int ReturnValue, VerdictWord Verdict, uint Mark)
{
    private const int TcActShot = 2;
    private const int TcActRedirect = 7;

    public bool Passes => ReturnValue != TcActShot;

    /// <summary>The packet is handed to another interface or direction instead of going on.</summary>
    public bool IsRedirected => ReturnValue == TcActRedirect;
}
