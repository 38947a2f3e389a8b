using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Agreement;

namespace PolicyCompiler.Cli.Commands;

/// <summary>What the compiled programs say in the kernel about flows that were explained.</summary>
/// <param name="Verdicts">By flow and direction; absent where nothing is enforced or no packet can be built.</param>
/// <param name="Diagnostics">Disagreements, or why the kernel could not be asked.</param>
/// <param name="Disagrees">True when the kernel answered otherwise.</param>
internal sealed record KernelCheck(
    IReadOnlyDictionary<(int Flow, Direction Direction), VerdictWord> Verdicts, IReadOnlyList<Diagnostic> Diagnostics, bool Disagrees)
{
    public static KernelCheck Run(Compilation compilation, IReadOnlyList<FlowDecision> decisions)
    {
        var verdicts = new Dictionary<(int, Direction), VerdictWord>();
        if (KernelCapabilities.Read().Missing is { } missing)
        {
            return new KernelCheck(verdicts, [missing], false);
        }

        var tables = compilation.Tables!;
        var indexes = tables.Graph.Cluster.Endpoints.Select((endpoint, index) => (endpoint, index)).ToDictionary(x => x.endpoint, x => x.index);
        var diagnostics = new List<Diagnostic>();
        using var kernel = new KernelDatapath(tables, compilation.Plans, compilation.Objects, compilation.Maps);
        for (var i = 0; i < decisions.Count; i++)
        {
            var flow = decisions[i].Flow;
            foreach (var side in new[] { decisions[i].Egress, decisions[i].Ingress })
            {
                var (local, remote) = (flow.Local(side.Direction), flow.Remote(side.Direction));
                if (side.Reason is DecisionReason.Loopback or DecisionReason.NotAnEndpoint || remote.Address is not { } address)
                {
                    continue;
                }

                var subject = local.Endpoint ?? tables.Graph.SubjectAt(local.Address!.Value)!;
                var word = kernel.Decide(indexes[subject], side.Direction, address, PortKey.Of(flow.Protocol, flow.Port));
                verdicts.Add((i, side.Direction), word);
                if (!AgreementChecker.Agrees(tables, side, word))
                {
                    diagnostics.Add(CliDiagnostics.KernelDisagrees.At(
                        side.Rule?.Span ?? SourceSpan.None,
                        $"{side.Direction.Word()} of {flow}",
                        PolicyTablesWriter.Describe(tables, word),
                        side.Allowed ? "allow" : "deny"));
                }
            }
        }

        return new KernelCheck(verdicts, diagnostics, diagnostics.Count > 0);
    }
}
