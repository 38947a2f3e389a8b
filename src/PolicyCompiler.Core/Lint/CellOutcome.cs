using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>What a cell makes the datapath and its proxy do, without who said so.</summary>
/// <param name="Action">The action.</param>
/// <param name="Proxy">What the proxy is asked to do, as text; empty without one.</param>
internal readonly record struct CellOutcome(VerdictAction Action, string Proxy)
{
    public static CellOutcome Of(VerdictAction action) => new(action, "");
}
