using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Agreement;

namespace PolicyCompiler.Pipeline.Tests;

internal static class AgreementAssert
{
    public static void Agrees(PolicyTables tables, AgreementReport report) => Assert.True(
        report.Agrees,
        string.Join('\n', report.Disagreements.Select(d =>
            $"{d.Flow} {d.Graph.Direction}: policies {d.Graph.Reason} {d.Graph.Rule?.Place}, tables {PolicyTablesWriter.Describe(tables, d.Tables)}, "
            + $"kernel {(d.Kernel is { } word ? PolicyTablesWriter.Describe(tables, word) : "not asked")}")));
}
